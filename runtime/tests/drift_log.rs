//! What a drift log writes: names, looks and counts; no values, no secrets, not too much.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use bindery_runtime::{Drift, DriftKind, DriftLog, Effect, Environment, Name, OperationInfo, ServiceInfo};

static SERVICE: ServiceInfo = ServiceInfo { name: "Shop", bindings: &[] };
static FIND: OperationInfo = OperationInfo {
    name: "Find",
    service: &SERVICE,
    effect: Effect::Read,
    input: Name::new("", "Find"),
    output: None,
    routes: &[],
    headers: &[],
};
const ORDER: Option<Name> = Some(Name::new("urn:shop", "Order"));

/// A clock that stands until it is moved.
#[derive(Clone, Default)]
struct Clock(Arc<AtomicU64>);

impl Environment for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }

    fn random(&self) -> io::Result<[u8; 16]> {
        Ok([0; 16])
    }
}

fn drift(kind: DriftKind, path: &str, raw: &str) -> Drift {
    Drift { path: path.into(), kind, raw: raw.into(), offset: 0, owner: ORDER }
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("drift.jsonl")
    }

    fn log(&self, clock: &Clock, max_bytes: u64) -> DriftLog {
        DriftLog::append_to(self.file()).and_then(|log| log.configured(clock.clone(), max_bytes)).expect("a log")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.file()).expect("the log")
    }
}

#[test]
fn a_line_says_what_is_new_and_nothing_of_its_value() {
    let (folder, clock) = (Folder::new(), Clock::default());
    let log = folder.log(&clock, 1 << 20);
    let note = log.listener();
    note(&FIND, &drift(DriftKind::UnknownElement, "/R/Order[2]/Price[3]", "<a:Price xmlns:a=\"x>y\">299.50</a:Price>"));
    assert_eq!(
        folder.text(),
        "{\"version\":1,\"first\":\"1970-01-01T00:00:00Z\",\"last\":\"1970-01-01T00:00:00Z\",\"service\":\"Shop\",\"operation\":\"Find\",\
         \"kind\":\"unknown-element\",\"path\":\"/R/Order/Price\",\"namespace\":\"urn:shop\",\"type\":\"Order\",\"name\":\"Price\",\
         \"looks\":\"decimal\",\"count\":1,\"longest\":6,\"repeated\":true,\"more\":[]}\n"
    );
    let said = |kind, path: &str, raw: &str| {
        let before = folder.text().len();
        note(&FIND, &drift(kind, path, raw));
        folder.text()[before..].to_owned()
    };
    let nested =
        "<Who at=\"HIDDEN\"><First>HIDDEN</First><!-- HIDDEN --><Last><Deep>HIDDEN</Deep></Last><First/></Who>";
    for (kind, path, raw, words) in [
        (
            DriftKind::UnknownElement,
            "/R/Who",
            nested,
            "\"looks\":\"element\",\"count\":1,\"longest\":0,\"repeated\":false,\"more\":[\"First\",\"Last\"]",
        ),
        (
            DriftKind::UnknownElement,
            "/R/C",
            "<C><![CDATA[HIDDEN text]]></C>",
            "\"looks\":\"text\",\"count\":1,\"longest\":11",
        ),
        (DriftKind::UnknownElement, "/R/M", "<M>HIDDEN<b/></M>", "\"looks\":\"mixed content\""),
        (
            DriftKind::UnknownElement,
            "/1",
            "struct member HIDE: the string \"HIDDEN\"",
            "\"name\":\"HIDE\",\"looks\":\"text\"",
        ),
        (DriftKind::UnknownAttribute, "/R/@v", "v=\"HIDDEN\"", "\"name\":\"v\",\"looks\":\"text\""),
        (
            DriftKind::UnknownValue,
            "/R/State",
            "Expired",
            "\"name\":\"State\",\"looks\":\"\",\"count\":1,\"longest\":0,\"repeated\":false,\"more\":[\"Expired\"]",
        ),
        (DriftKind::UnknownValue, "/R/State", "HIDDEN because of blanks", "\"looks\":\"text\""),
        (DriftKind::UnknownValue, "/R/Key", "(redacted)", "\"looks\":\"secret\""),
        (DriftKind::UnknownType, "/R/Car", "{urn:x}Lorry", "\"more\":[\"{urn:x}Lorry\"]"),
        (DriftKind::Text, "/R", "HIDDEN", "\"looks\":\"text\""),
        (DriftKind::SurplusSlot, "/12", "the string \"HIDDEN\"", "\"looks\":\"text\""),
        (DriftKind::SlotType, "/2", "string \"HIDDEN\" for an int", "\"looks\":\"text\""),
    ] {
        let line = said(kind, path, raw);
        assert!(line.contains(words), "no {words} in {line}");
        assert!(!line.contains("HIDDEN"), "{line}");
    }
}

#[test]
fn a_busy_service_writes_little_and_loses_no_count() {
    let (folder, clock) = (Folder::new(), Clock::default());
    let log = folder.log(&clock, 1 << 20);
    for second in 0..1_000 {
        clock.0.store(second, Ordering::SeqCst);
        log.note(&FIND, &drift(DriftKind::UnknownElement, &format!("/R/Order[{second}]/A"), "<A>1</A>"));
    }
    assert_eq!(folder.text().lines().count(), 10);
    drop(log);
    let text = folder.text();
    let counts = text.lines().map(|line| line.split("\"count\":").nth(1).unwrap().split(',').next().unwrap());
    assert_eq!(counts.map(|count| count.parse::<u64>().unwrap()).sum::<u64>(), 1_000);
    assert!(text.lines().last().unwrap().contains("\"last\":\"1970-01-01T00:16:39Z\""), "{text}");
}

#[test]
fn neither_the_file_nor_the_memory_grows_without_end() {
    let (folder, clock) = (Folder::new(), Clock::default());
    let log = folder.log(&clock, 2_000);
    for n in 0..5_000 {
        log.note(&FIND, &drift(DriftKind::UnknownElement, &format!("/R/E{n}"), "<E/>"));
    }
    log.flush().expect("a full file is no failure");
    assert!(folder.text().len() <= 2_000 && folder.text().ends_with('\n'));

    let folder = Folder::new();
    let log = folder.log(&clock, 1 << 30);
    for n in 0..5_000 {
        log.note(&FIND, &drift(DriftKind::UnknownElement, &format!("/R/E{n}"), "<E/>"));
    }
    log.flush().expect("it is written");
    let text = folder.text();
    assert!(text.lines().filter(|line| line.contains("unknown-element")).count() <= 1_000);
    assert!(text.contains("\"kind\":\"more\""));
}
