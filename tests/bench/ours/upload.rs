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
use std::cell::Cell;
use tokio::runtime::Runtime;

/// The first piece of a resumable upload. While pieces get through, the next is twice as large, as the phone's lane does.
pub const PIECE_BYTES: usize = 1 << 20;
/// The largest piece.
const PIECE_BYTES_MAX: usize = 8 << 20;

/// The id of a blob: the hash of its bytes.
pub fn id_of(bytes: &[u8]) -> ContentId {
    ContentId(Sha256::digest(bytes).into())
}

/// A photo and what its phone knows of it before the upload.
pub struct Photo {
    /// Its bytes.
    pub bytes: Bytes,
    id: ContentId,
}

impl Photo {
    /// Hashes a photo, as its intake does.
    pub fn of(bytes: Bytes) -> Self {
        Self { id: id_of(&bytes), bytes }
    }
}

/// Uploads for one phone.
pub struct Uploader {
    transport: HttpTransport,
    threads: Runtime,
    headers: Vec<(String, String)>,
    piece: Cell<usize>,
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
            piece: Cell::new(PIECE_BYTES),
        }
    }

    /// In one request.
    pub fn whole(&self, photo: &Photo) {
        let kind = ("content-type", "application/octet-stream".to_owned());
        self.send(Method::Put, format!("/v1/blobs/{}", photo.id), vec![kind], photo.bytes.clone());
    }

    /// By tus, piece by piece: the first piece makes the upload, and the hash of the whole decides.
    pub fn in_pieces(&self, photo: &Photo) {
        let Photo { bytes, id } = photo;
        let mut from = 0;
        while from < bytes.len() {
            let piece = bytes.slice(from..bytes.len().min(from + self.piece.get()));
            let tus = ("tus-resumable", "1.0.0".to_owned());
            let kind = ("content-type", "application/offset+octet-stream".to_owned());
            let len = piece.len();
            if from == 0 {
                let length = ("upload-length", bytes.len().to_string());
                let metadata = ("upload-metadata", format!("blob {}", STANDARD.encode(id.to_string())));
                self.send(Method::Post, "/v1/blobs".into(), vec![tus, kind, length, metadata], piece);
            } else {
                let headers = vec![tus, kind, ("upload-offset", from.to_string())];
                self.send(Method::Patch, format!("/v1/blobs/{id}"), headers, piece);
            }
            from += len;
            self.piece.set((self.piece.get() * 2).min(PIECE_BYTES_MAX));
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

/// Bytes that begin as a JPEG does and cannot be compressed, others for each seed.
pub fn noise(seed: u64, len: usize) -> Bytes {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0];
    while bytes.len() < len {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.into()
}
