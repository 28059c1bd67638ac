//! Nothing but a home for the cases in `cases/`; `tests/ui.rs` compiles them.
