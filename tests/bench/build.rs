//! Lets xsd-parser make Rust of the message, when it is to be measured.

use std::error::Error;

#[cfg(not(feature = "xsd-parser"))]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}

#[cfg(feature = "xsd-parser")]
fn main() -> Result<(), Box<dyn Error>> {
    use std::path::Path;
    use xsd_parser::config::{GeneratorFlags, OptimizerFlags, Schema};
    use xsd_parser::{Config, IdentType};

    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=schema");
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("schema");
    // Of its two ways of reading the faster: boxed deserializers take two thirds of the time of its default here. Nil is asked
    // for, as these messages cannot be read without.
    let config = Config::default()
        .with_schema(Schema::File(folder.join("subscription.xsd").canonicalize()?))
        .with_namespace(b"m", b"http://tempuri.org/")
        .with_optimizer_flags(OptimizerFlags::all() - OptimizerFlags::REMOVE_DUPLICATES)
        .with_generator_flags(GeneratorFlags::FLATTEN_CONTENT)
        .with_nillable_type_support()
        .with_any_type_support()
        .with_generate([(IdentType::Element, "m:ChangeQuantityOfSubscriptionResponse")])
        .with_quick_xml_serialize()
        .with_quick_xml_deserialize_config(true);
    let code = xsd_parser::generate(config)?.to_string();
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("xsd_parser_subscription.rs"), code)?;
    Ok(())
}
