//! Arrays of SOAP's encoding beyond plain lists: arrays of arrays, several dimensions, arrays of which a part was sent.

use bindery_runtime as rt;
use bindery_tests::peers;

use super::soap_arrays::{Echo, EchoResponse, GRID_SOAP, GridServiceClient, operations};
use super::support::{Canned, same, text};

fn words(list: &[&str]) -> Vec<Option<String>> {
    list.iter().map(|word| (!word.is_empty()).then(|| (*word).to_owned())).collect()
}

fn all() -> Echo {
    Echo {
        words: Some(words(&["a", ""])),
        pages: Some(vec![words(&["b"]), Vec::new()]),
        nested: Some(vec![words(&["c", "d"])]),
        table: Some(vec![vec![1, 2, 3], vec![4, 5, 6]]),
        tables: Some(vec![vec![vec![7, 8]]]),
        ints: Some(vec![9]),
    }
}

type Read = Result<rt::Reply<operations::Echo>, rt::CallError<operations::Echo>>;

/// What is read of an answer with these members.
fn read(members: &str, strict: bool) -> Read {
    let answer = format!(
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:x='http://www.w3.org/2001/XMLSchema' \
         xmlns:c='http://schemas.xmlsoap.org/soap/encoding/' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><s:Body>\
         <r:echoResponse xmlns:r='urn:grid'>{members}</r:echoResponse></s:Body></s:Envelope>"
    );
    let canned = Canned::new(200, "text/xml", answer);
    GridServiceClient::new(&canned).echo(all()).strict(strict).send_full()
}

/// The six members: one of them as given, the others nil.
fn only(name: &str, given: &str) -> String {
    let member = |known: &&str| if *known == name { given.to_owned() } else { format!("<{known} i:nil='true'/>") };
    ["words", "pages", "nested", "table", "tables", "ints"].iter().map(member).collect()
}

#[track_caller]
fn reply(name: &str, given: &str) -> EchoResponse {
    let reply = read(&only(name, given), true).unwrap_or_else(|error| panic!("{error}"));
    reply.output
}

#[track_caller]
fn refused(name: &str, given: &str, expected: &str) {
    let error = read(&only(name, given), false).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn nested_arrays_are_written_and_read_as_declared() {
    let request = super::file("soap_arrays", "request.xml");
    let client = GridServiceClient::new(());
    same(&request, text(&client.echo(all()).into_request().unwrap()));
    rt::example::request::<operations::Echo>(&GRID_SOAP, &request);
    let answer = request.replace("t:echo", "t:echoResponse");
    let canned = Canned::new(200, "text/xml", answer);
    let echo = GridServiceClient::new(&canned).echo(all()).strict(true).send().unwrap();
    let Echo { words, pages, nested, table, tables, ints } = all();
    assert_eq!(echo, EchoResponse { words, pages, nested, table, tables, ints });
}

#[test]
fn a_table_has_rows_of_one_length() {
    let client = GridServiceClient::new(());
    let ragged = Echo { table: Some(vec![vec![1, 2], vec![3]]), ..all() };
    let error = client.echo(ragged).into_request().unwrap_err().to_string();
    assert!(error.contains("rows of one length: one has 2 items, this one 1"), "{error}");
    for empty in [vec![], vec![vec![], vec![]]] {
        let input = Echo { table: Some(empty.clone()), ..all() };
        let prepared = client.echo(input).into_request().unwrap();
        assert!(text(&prepared).contains(&format!("int[{},0]", empty.len())), "{}", text(&prepared));
    }
}

#[test]
fn rows_of_a_table_come_out_of_the_size_the_message_gives() {
    let six = "<i>1</i><i>2</i><i>3</i><i>4</i><i>5</i><i>6</i>";
    let table = |sizes: &str| reply("table", &format!("<table c:arrayType='x:int{sizes}'>{six}</table>")).table;
    assert_eq!(table("[2,3]").unwrap(), [vec![1, 2, 3], vec![4, 5, 6]]);
    assert_eq!(table("[3,2]").unwrap(), [vec![1, 2], vec![3, 4], vec![5, 6]]);
    let empty = reply("table", "<table c:arrayType='x:int[2,0]'/>").table.unwrap();
    assert_eq!(empty, [Vec::<i32>::new(), Vec::new()]);
    // As a list of lists, which is the same to us.
    let lists = "<table c:arrayType='x:int[][2]'><a c:arrayType='x:int[1]'><i>1</i></a><a c:arrayType='x:int[1]'><i>2</i></a></table>";
    assert_eq!(reply("table", lists).table.unwrap(), [[1], [2]]);
    // And the other way round.
    let table = "<nested c:arrayType='x:string[1,2]'><i>a</i><i>b</i></nested>";
    assert_eq!(reply("nested", table).nested.unwrap(), [words(&["a", "b"])]);
    refused("table", &format!("<table c:arrayType='x:int[,]'>{six}</table>"), "without sizes");
    refused("table", &format!("<table c:arrayType='x:int[2,2]'>{six}</table>"), "more than the array has by its size");
    refused(
        "table",
        &format!("<table c:arrayType='x:int[2,4]'>{six}</table>"),
        "item 6 of the array (of 8, 6 were sent)",
    );
    refused("ints", &format!("<ints c:arrayType='x:int[2,3]'>{six}</ints>"), "an array of 2 dimensions");
}

#[test]
fn parts_of_arrays_stand_where_they_belong() {
    let part = "<words c:arrayType='x:string[5]' c:offset='[2]'><i>c</i><i>d</i></words>";
    assert_eq!(reply("words", part).words.unwrap(), words(&["", "", "c", "d", ""]));
    let sparse = "<words c:arrayType='x:string[4]'><i c:position='[2]'>c</i><i c:position='[0]'>a</i></words>";
    assert_eq!(reply("words", sparse).words.unwrap(), words(&["a", "", "c", ""]));
    let tail = "<words c:arrayType='x:string[]'><i>a</i><i c:position='[2]'>c</i><i>d</i></words>";
    assert_eq!(reply("words", tail).words.unwrap(), words(&["a", "", "c", "d"]));
    let table = "<table c:arrayType='x:int[2,2]'><i c:position='[1,1]'>4</i><i c:position='[0,0]'>1</i>\
                 <i c:position='[0,1]'>2</i><i c:position='[1,0]'>3</i></table>";
    assert_eq!(reply("table", table).table.unwrap(), [[1, 2], [3, 4]]);
    let rows = "<nested c:arrayType='x:string[2,2]' c:offset='[1,0]'><i>c</i></nested>";
    assert_eq!(reply("nested", rows).nested.unwrap(), [words(&["", ""]), words(&["c", ""])]);
    // Numbers cannot be missing.
    refused("ints", "<ints c:arrayType='x:int[3]' c:offset='[1]'><i>2</i><i>3</i></ints>", "item 0 of the array");
    refused("words", "<words c:arrayType='x:string[2]'><i c:position='[2]'>c</i></words>", "the place [2]");
    refused("words", "<words><i c:position='[1]'>c</i><i c:position='[1]'>c</i></words>", "occurs more than once");
    refused("words", "<words><i c:position='last'>c</i></words>", "a position that is none");
    refused("words", "<words c:arrayType='x:string[9]'><i c:position='[1,1]'>c</i></words>", "the place [1, 1]");
}

#[test]
fn places_far_out_are_limited_like_elements() {
    for words in [
        "<words><i c:position='[99999999999]'>c</i></words>",
        "<words c:arrayType='x:string[99999999999]' c:offset='[1]'><i>c</i></words>",
        "<words c:arrayType='x:string[3000000]'><i c:position='[0]'>c</i></words>",
    ] {
        refused("words", words, "more than the limit of 2000000");
    }
    let table = "<table c:arrayType='x:int[99999999999,0]'/>";
    refused("table", table, "more than the limit of 2000000");
}

#[test]
fn counts_that_are_wrong_lose_nothing() {
    let words = |sizes: &str| {
        let list = reply("words", &format!("<words c:arrayType='x:string{sizes}'><i>a</i><i>b</i></words>")).words;
        list.unwrap().len()
    };
    assert_eq!(["[0]", "[1]", "[2]", "[9]", "[]", ""].map(words), [2; 6]);
}

#[test]
fn a_list_that_is_null_in_a_list_of_lists_is_told() {
    let pages = "<pages c:arrayType='x:string[][2]'><a i:nil='true'/><a c:arrayType='x:string[1]'><i>x</i></a></pages>";
    let reply = read(&only("pages", pages), false).unwrap();
    assert_eq!(reply.output.pages.unwrap(), [words(&[]), words(&["x"])]);
    assert_eq!(reply.drift[0].kind, rt::DriftKind::Nil);
    assert_eq!(reply.drift[0].path, "/Envelope/Body/echoResponse/pages/a");
}

/// SOAP 1.2 says sizes and types of items in attributes of their own, and has neither `offset` nor `position`.
#[test]
fn arrays_of_soap_1_2() {
    use rt::codec::{Encoding, Options, Profile, decode_document, encode_element};
    let mut profile = Profile::SOAP;
    profile.encoding = Some(&Encoding::V12);
    let (name, echo) = (rt::Name::new("urn:grid", "echo"), all());
    let written = encode_element(name, profile, &echo).unwrap().text;
    for said in ["b:itemType=\"c:int\" b:arraySize=\"2 3\"", "b:itemType=\"b:Array\" b:arraySize=\"2\""] {
        assert!(written.contains(said), "{written}");
    }
    let mut again = <Echo as rt::Value>::vacant();
    // The first dimension may be left open.
    let written = written.replace("\"2 3\"", "\"* 3\"");
    let decoded = decode_document(&written, name, &mut again, &Options::new(profile)).unwrap();
    assert_eq!((again, decoded.drift.len()), (echo, 0));
}

/// PHP reads what we write and we read what PHP writes. It names the arrays inside others by their types (`Words[2]`), calls every
/// item `item`, and says `xsi:type` of its own.
#[test]
fn php_answers_with_the_same_arrays() {
    let wsdl = super::support::root().join("tests/golden/soap_arrays/input.wsdl");
    let prepared = GridServiceClient::new(()).echo(all()).into_request().unwrap();
    let parts = ["words", "pages", "nested", "table", "tables", "ints"];
    let Some(answer) = peers::found(peers::php_soap_mirror(&wsdl, &parts, text(&prepared))) else { return };
    let canned = Canned::new(200, "text/xml", answer);
    let echo = GridServiceClient::new(&canned).echo(all()).strict(true).send().unwrap();
    let Echo { words, pages, nested, table, tables, ints } = all();
    assert_eq!(echo, EchoResponse { words, pages, nested, table, tables, ints });
}
