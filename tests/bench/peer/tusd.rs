//! tusd, the reference server of resumable uploads, as its handler over its folder of files.
//!
//! tusd neither hashes nor syncs files, so acknowledged bytes can be lost in a power cut. It needs no token.

use super::build;
use crate::{harness::child::Child, ours::upload::PIECE_BYTES};
use bytes::Bytes;
use firebee_client::{
    http::{HttpConfig, HttpTransport},
    ports::{Body, Method, Request, Response, Transport as _},
};
use std::{path::Path, process::Command, sync::Arc};
use tokio::runtime::Runtime;

/// A running tusd.
pub struct Tusd {
    child: Arc<Child>,
}

impl Tusd {
    /// Starts it, with its files in `folder`. Where it cannot be built a line says why, and there is none.
    pub fn start(folder: &Path) -> Option<Self> {
        let program = match build::tusd() {
            Ok(program) => program,
            Err(why) => {
                println!("  tusd is not measured: {why}");
                return None;
            }
        };
        let folder = folder.join("tusd");
        std::fs::create_dir(&folder).expect("a folder is made");
        let mut command = Command::new(program);
        Some(Self { child: Arc::new(Child::run(command.arg(folder))) })
    }

    /// Its process.
    pub fn process(&self) -> Arc<Child> {
        self.child.clone()
    }

    /// A client of it on the HTTP stack that the phone has, with connections still to be made.
    pub fn uploader(&self) -> Uploader {
        let url = self.child.said.clone();
        Uploader {
            transport: HttpTransport::new(&HttpConfig::to(&url)).expect("the address is good"),
            threads: Runtime::new().expect("threads start"),
            url,
        }
    }
}

/// Uploads to tusd.
pub struct Uploader {
    transport: HttpTransport,
    threads: Runtime,
    url: String,
}

impl Uploader {
    /// Made, then in one request: the least that its protocol asks for.
    pub fn whole(&self, photo: &Bytes) {
        self.upload(photo, photo.len());
    }

    /// Made, then piece by piece, in pieces as large as ours.
    pub fn in_pieces(&self, photo: &Bytes) {
        self.upload(photo, PIECE_BYTES);
    }

    fn upload(&self, photo: &Bytes, piece_bytes: usize) {
        let length = ("upload-length", photo.len().to_string());
        let made = self.send(Method::Post, "/".into(), vec![length], Bytes::new());
        let place = header(&made, "location").strip_prefix(&self.url).expect("it names itself").to_owned();
        for from in (0..photo.len()).step_by(piece_bytes) {
            let to = photo.len().min(from + piece_bytes);
            let kind = ("content-type", "application/offset+octet-stream".to_owned());
            let offset = ("upload-offset", from.to_string());
            let stored = self.send(Method::Patch, place.clone(), vec![kind, offset], photo.slice(from..to));
            assert_eq!(header(&stored, "upload-offset"), to.to_string(), "it has taken the piece");
        }
    }

    fn send(&self, method: Method, path: String, headers: Vec<(&str, String)>, bytes: Bytes) -> Response {
        let tus = ("tus-resumable", "1.0.0".to_owned());
        let headers = [tus].into_iter().chain(headers).map(|(name, value)| (name.to_owned(), value)).collect();
        let request = Request { method, path, headers, body: Body::Bytes(bytes) };
        let answer = self.threads.block_on(self.transport.send(request)).expect("tusd answers");
        assert!(answer.status < 300, "{} {}", answer.status, String::from_utf8_lossy(&answer.body));
        answer
    }
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.header(name).unwrap_or_else(|| panic!("tusd answers with {name}"))
}
