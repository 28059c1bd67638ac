//! Writes `orders_api.rs` into `$OUT_DIR`, and runs again when the contract or its overlay changes.

fn main() {
    bindery_codegen::Builder::new()
        .wsdl("../../contracts/corteos/orders_api.wsdl")
        .overlay("../../contracts/corteos/orders_api.overlay.rs")
        .operations(["Renotify"])
        .compile()
        .unwrap();
}
