//! Uploads of blobs over the phone's own HTTP stack, whole or in resumable pieces, with its token.

use super::phone::Phone;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use firebee_client::{
    http::{HttpConfig, HttpTransport},
    ports::{Body, Method, Request, Transport as _},
};
use firebee_domain::id::ContentId;
use firebee_protocol::push::INCARNATION_HEADER;
use sha2::{Digest as _, Sha256};
use tokio::runtime::Runtime;

/// A piece of a resumable upload.
pub const PIECE_BYTES: usize = 1 << 20;

/// The id of a blob: the hash of its bytes.
pub fn id_of(bytes: &[u8]) -> ContentId {
    ContentId(Sha256::digest(bytes).into())
}

/// A photo and what its phone knows of it before the upload.
pub struct Photo {
    /// Its bytes.
    pub bytes: Bytes,
    id: ContentId,
    /// The checksum of each piece.
    sums: Vec<String>,
}

impl Photo {
    /// Hashes a photo, as its intake does.
    pub fn of(bytes: Bytes) -> Self {
        let sum = |piece: &[u8]| format!("sha256 {}", STANDARD.encode(Sha256::digest(piece)));
        let sums = bytes.chunks(PIECE_BYTES).map(sum).collect();
        Self { id: id_of(&bytes), bytes, sums }
    }
}

/// Uploads for one phone.
pub struct Uploader {
    transport: HttpTransport,
    threads: Runtime,
    headers: Vec<(String, String)>,
}

impl Uploader {
    /// With the phone's token of now.
    pub fn of(phone: &Phone, url: &str) -> Self {
        let (token, incarnation) = phone.token();
        let authorization = ("authorization".to_owned(), format!("Bearer {token}"));
        Self {
            transport: HttpTransport::new(&HttpConfig::to(url)).expect("the address is good"),
            threads: Runtime::new().expect("threads start"),
            headers: vec![authorization, (INCARNATION_HEADER.to_owned(), incarnation)],
        }
    }

    /// In one request.
    pub fn whole(&self, photo: &Photo) {
        let kind = ("content-type", "application/octet-stream".to_owned());
        self.send(Method::Put, format!("/v1/blobs/{}", photo.id), vec![kind], photo.bytes.clone());
    }

    /// By tus: made, then piece by piece, each checked and synced before its answer.
    pub fn in_pieces(&self, photo: &Photo) {
        let Photo { bytes, id, sums } = photo;
        let tus = || ("tus-resumable", "1.0.0".to_owned());
        let length = ("upload-length", bytes.len().to_string());
        let metadata = ("upload-metadata", format!("blob {}", STANDARD.encode(id.to_string())));
        self.send(Method::Post, "/v1/blobs".into(), vec![tus(), length, metadata], Bytes::new());
        for (from, sum) in (0..bytes.len()).step_by(PIECE_BYTES).zip(sums) {
            let piece = bytes.slice(from..bytes.len().min(from + PIECE_BYTES));
            let headers = vec![
                tus(),
                ("content-type", "application/offset+octet-stream".to_owned()),
                ("upload-offset", from.to_string()),
                ("upload-checksum", sum.clone()),
            ];
            self.send(Method::Patch, format!("/v1/blobs/{id}"), headers, piece);
        }
    }

    fn send(&self, method: Method, path: String, headers: Vec<(&str, String)>, bytes: Bytes) {
        let own = headers.into_iter().map(|(name, value)| (name.to_owned(), value));
        let headers = self.headers.iter().cloned().chain(own).collect();
        let request = Request { method, path, headers, body: Body::Bytes(bytes) };
        let answer = self.threads.block_on(self.transport.send(request)).expect("the server answers");
        assert!(answer.status < 300, "{} {}", answer.status, String::from_utf8_lossy(&answer.body));
    }
}
