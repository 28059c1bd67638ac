//! The example runs and prints a request a server would take.

use std::process::Command;

#[test]
fn the_request_is_printed() {
    let output = Command::new(env!("CARGO_BIN_EXE_bindery-example")).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let (head, body) = text.split_once("\n\n").unwrap();
    assert!(head.starts_with("POST https://agency.example/XmlGate/V3/OrdersAPI.asmx\n"), "{text}");
    assert!(head.contains("action=\"http://corteos.ru/Renotify\""), "{text}");
    assert!(body.contains("<Token>a-token</Token>") && body.contains("<id_Reserve>1768311</id_Reserve>"), "{text}");
}
