//! Types that are not generated, in place of some of the fixture `extern_types`.

use bindery_runtime as rt;
use rt::codec::{Decoder, Encoder};

/// Money as this program knows it: whatever the element holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Money(pub rt::AnyType);

/// A code: a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Code(pub String);

macro_rules! delegate {
    ($type:ident) => {
        impl rt::Value for $type {
            fn vacant() -> Self {
                Self(rt::Value::vacant())
            }

            fn read(&mut self, at: &mut Decoder<'_>) -> Result<(), Box<rt::DecodeError>> {
                self.0.read(at)
            }

            fn write(&self, to: &mut Encoder<'_>) -> Result<(), Box<rt::EncodeError>> {
                self.0.write(to)
            }
        }
    };
}

delegate!(Money);
delegate!(Code);
