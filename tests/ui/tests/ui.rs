//! What must not compile, with what the compiler says then. `TRYBUILD=overwrite` rewrites its messages.

#[test]
fn mistakes_do_not_compile() {
    trybuild::TestCases::new().compile_fail("cases/*.rs");
}
