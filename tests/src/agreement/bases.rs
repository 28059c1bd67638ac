//! Contracts to change: small ones of many families.

use std::path::{Path, PathBuf};
use std::{fs, io};

use bindery_codegen::generate::{Loaded, Request, load};

use crate::corpus;

/// A contract.
#[derive(Debug, Clone)]
pub struct Base {
    /// Its name in tables and ids.
    pub name: &'static str,
    /// Its folder.
    pub folder: PathBuf,
    /// The file to start from, below the folder.
    pub root: String,
    /// Every file it is made of, below the folder, with its text; the root is the first.
    pub files: Vec<(String, String)>,
    /// Operations to keep; empty keeps all.
    pub operations: &'static [&'static str],
}

/// Those of the project itself: name, root, operations.
const OWN: &[(&str, &str, &[&str])] = &[
    ("corteos", "contracts/corteos/orders_api.wsdl", &[]),
    ("corteos-authorization", "contracts/corteos/authorization.wsdl", &[]),
    ("mont", "contracts/mont/b2b_v2.contract.rs", &[]),
    ("cloudblue", "contracts/cloudblue/billing.contract.rs", &[]),
    // What `block` excludes.
    ("block", "tests/golden/block/input.xsd", &[]),
];

/// Those of the corpus: name, root.
const CORPUS: &[(&str, &str)] = &[
    // DataContract schemas of WCF: lists, dictionaries, nillable everything.
    ("wcf-collections", "misc-wcf-svcutil/src/dotnet-svcutil/lib/tests/TestCases/wsdl/CollectionTypes.wsdl"),
    ("wcf-reuse", "misc-wcf-svcutil/src/dotnet-svcutil/lib/tests/TestCases/TypeReuse/TypeReuseSvc.wsdl"),
    // Documents of one vendor, with enumerations and long types.
    ("fedex", "fedex/CountryService_v8.wsdl"),
    // JAX-WS: a wrapper for each operation, declared faults.
    ("jaxws", "conf-quarkuscxf/integration-tests/client/src/main/resources/wsdl/CalculatorService.wsdl"),
    // Faults and one-way operations.
    ("zeep", "conf-zeep/tests/wsdl_files/soap.wsdl"),
    ("headers", "conf-zeep/tests/wsdl_files/soap_header.wsdl"),
    // rpc/literal.
    ("rpc", "misc-kdsoap/dv_terminalauth/WS_DV_TerminalAuth.wsdl"),
    // Patterns.
    ("vies", "gov-vies/checkVatService.wsdl"),
    // Extension, abstract types.
    ("cardealer", "conf-cxf/testutils/src/main/resources/wsdl/cardealer.wsdl"),
    // Wildcards.
    ("any", "conf-cxf/testutils/src/main/resources/wsdl/any.wsdl"),
    // Facets, attributes and a choice; two files.
    ("eet", "gov-cz-eet/EETServiceSOAP.wsdl"),
    // Two files, enumerations, faults.
    ("yandex", "yandex-directapi/adgroups.wsdl"),
    // Documents without a service: substitution groups, groups, attributes.
    ("substitutes", "conf-pyxb/tests/schemas/substgroup.xsd"),
    ("substitutes-wsdl", "misc-techspokes/conformance/fixtures/xsd/elements/element-substitution-group.wsdl"),
    ("po", "conf-pyxb/examples/manual/po.xsd"),
    ("iso", "iso20022-mx/schemas/head/head.001.001.02.xsd"),
    ("opcua", "opcua/Schema/SecuredApplication.xsd"),
    ("nodeset", "opcua/Schema/UANodeSet.xsd"),
    // Attributes more than elements.
    (
        "cfdi",
        "gov-mx-cfdi/www.sat.gob.mx/esquemas/retencionpago/1/fideicomisonoempresarial/fideicomisonoempresarial.xsd",
    ),
    ("custom", "conf-pyxb/examples/customization/custom.xsd"),
];

/// The names of all contracts, there or not.
pub fn names() -> Vec<&'static str> {
    OWN.iter().map(|(name, ..)| *name).chain(CORPUS.iter().map(|(name, _)| *name)).collect()
}

/// Every contract that is there: the project's own always, those of the corpus where that lies beside the project.
///
/// # Errors
/// A file that cannot be read.
pub fn all() -> io::Result<Vec<Base>> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut bases = Vec::new();
    for (name, root, operations) in OWN {
        bases.push(base(name, &project, root, operations)?);
    }
    if let Some(folder) = corpus::folder() {
        for (name, root) in CORPUS {
            bases.push(base(name, &folder, root, &[])?);
        }
    }
    Ok(bases)
}

fn base(name: &'static str, top: &Path, path: &str, operations: &'static [&'static str]) -> io::Result<Base> {
    let path = top.join(path).canonicalize()?;
    let folder = path.parent().unwrap_or(top).to_owned();
    let root = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let loaded = load(&request(&folder, &root, operations), Some("read"))
        .map_err(|failure| io::Error::other(format!("{}: {failure}", path.display())))?;
    let mut names: Vec<String> = loaded
        .sources
        .paths()
        .filter_map(|path| Some(path.strip_prefix(&folder).ok()?.to_string_lossy().into_owned()))
        .collect();
    names.sort_by_key(|name| (*name != root, name.clone()));
    names.dedup();
    let files = names
        .into_iter()
        .map(|name| {
            let text = fs::read_to_string(folder.join(&name))?;
            // Example messages are of the version they were taken from.
            let kept: String =
                text.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("#[example(")).collect();
            Ok((name, kept))
        })
        .collect::<io::Result<_>>()?;
    Ok(Base { name, folder, root, files, operations })
}

/// How a contract is asked for.
pub fn request(folder: &Path, root: &str, operations: &[&str]) -> Request {
    let mut request = Request { inputs: vec![folder.join(root)], base: folder.to_owned(), ..Request::default() };
    request.passes.operations = operations.iter().map(|name| (*name).to_owned()).collect();
    request.plan.example_tests = false;
    request
}

impl Base {
    /// Whether it is a hand-written contract.
    pub fn written(&self) -> bool {
        self.root.ends_with(".rs")
    }

    /// Puts the files, some of them changed, into a folder.
    ///
    /// # Errors
    /// What the file system says.
    pub fn write(&self, folder: &Path, changed: &[(String, String)]) -> io::Result<()> {
        for (name, text) in &self.files {
            let text = changed.iter().find(|(other, _)| other == name).map_or(text, |(_, text)| text);
            let path = folder.join(name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, text)?;
        }
        Ok(())
    }

    /// The request for the files in a folder.
    pub fn request(&self, folder: &Path) -> Request {
        request(folder, &self.root, self.operations)
    }

    /// The model up to a pass.
    ///
    /// # Errors
    /// Why the contract is none.
    pub fn load(&self, folder: &Path, until: Option<&str>) -> Result<Loaded, String> {
        load(&self.request(folder), until).map_err(|failure| failure.to_string())
    }
}
