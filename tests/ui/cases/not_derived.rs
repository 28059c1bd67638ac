//! What is not derived from a base does not go where the base is declared.

use bindery_runtime as rt;

/// As a contract with a base and one derived type has them.
mod contract {
    use bindery_runtime as rt;

    macro_rules! record {
        ($name:ident, $shape:ident) => {
            #[derive(Debug, Clone, PartialEq)]
            pub struct $name {}

            static $shape: rt::Shape = rt::Shape {
                name: rt::Name::new("urn:t", stringify!($name)),
                kind: rt::Kind::Record,
                members: &[],
                ordinal: &[],
            };

            impl rt::Value for $name {
                fn vacant() -> Self {
                    Self {}
                }

                fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
                    at.record(&$shape, &mut [])
                }

                fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
                    to.record(&$shape, &[])
                }
            }
        };
    }

    record!(Event, EVENT);
    record!(AlarmEvent, ALARM_EVENT);
    record!(Vehicle, VEHICLE);

    static ANY_EVENT: rt::Shape = rt::Shape {
        name: rt::Name::new("urn:t", "Event"),
        kind: rt::Kind::Types,
        members: &[
            rt::element("urn:t", "AlarmEvent", rt::Flags::NONE),
            rt::element("urn:t", "Event", rt::Flags::DEFAULT),
            rt::any(&rt::Wildcard::Any, rt::Flags::NONE),
        ],
        ordinal: &[],
    };

    rt::alternatives! {
        Event: ANY_EVENT = [AlarmEvent, Event]
    }
}

fn main() {
    let alarm: rt::Any<contract::Event> = rt::Any::new(contract::AlarmEvent {});
    let _ = alarm.downcast_ref::<contract::Vehicle>();
    let _: rt::Any<contract::Event> = rt::Any::new(contract::Vehicle {});
}
