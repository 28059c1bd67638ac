//! Code that was generated for another runtime is one error that says what to do.

const _: () = bindery_runtime::assert_format(99);

fn main() {}
