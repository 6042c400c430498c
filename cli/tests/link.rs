//! A link by the real binary: what is typed cuts and mends it.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its result must fail")]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::{Command, Stdio},
    thread,
};

/// A server that answers each connection once.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            if stream.read(&mut [0; 1024]).is_ok_and(|read| read > 0) {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere").ok();
            }
        }
    });
    address
}

/// What a phone gets through the link; nothing where it breaks.
fn asked(address: &str) -> String {
    let mut answer = String::new();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").ok();
    stream.read_to_string(&mut answer).ok();
    answer
}

#[test]
fn a_link_is_cut_and_mended_by_what_is_typed() {
    let mut link = Command::new(env!("CARGO_BIN_EXE_firebee"))
        .args(["link", &server()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut typed, mut said) = (link.stdin.take().unwrap(), BufReader::new(link.stdout.take().unwrap()).lines());
    let url = said.next().unwrap().unwrap();
    let address = url.strip_prefix("http://").unwrap();
    let mut tell = |word: &str| {
        typed.write_all(word.as_bytes()).unwrap();
        said.next().unwrap().unwrap()
    };
    assert!(asked(address).ends_with("here"));
    assert_eq!(tell("cut\n"), r#"{"lost_replies":0,"resets_in_blob":0,"duplicates":0}"#);
    assert_eq!(asked(address), "");
    tell("what\ngood\n");
    assert!(asked(address).ends_with("here"));
    drop(typed);
    let ended = link.wait_with_output().unwrap();
    assert!(ended.status.success());
    assert!(String::from_utf8(ended.stderr).unwrap().contains("“what”"), "a word that it does not know");
}
