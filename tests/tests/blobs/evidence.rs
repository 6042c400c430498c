//! A phone that took photos: the facts are on the server, the bytes are not.

use axum::{
    body::Body,
    http::{Method, request::Builder},
};
use firebee_domain::{
    evidence::{PhotoExif, PhotoRole, PhotoTaken},
    id::{ContentId, TaskId},
};
use firebee_protocol::{
    document::TaskDocument,
    fact::{BlobRef, BlobRole, Body as FactBody, Mime},
};
use firebee_server::{
    blobs::{BlobKey, PartKey},
    row, sql,
    store::{Packed, StoreError, Tx},
};
use firebee_tests::{
    device::{Device, Work},
    house::{Answer, House, Phone},
};
use sha2::{Digest, Sha256};

/// Bytes that begin as a JPEG does, another file for each number.
pub fn picture(number: u64, len: usize) -> Vec<u8> {
    let mut random = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0];
    while bytes.len() < len {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        bytes.push(random.to_be_bytes()[3]);
    }
    bytes.truncate(len);
    bytes
}

/// The CRC-32 of bytes as ZIP has it, bit by bit.
pub fn crc32(bytes: &[u8]) -> i64 {
    let step = |crc: u32, _| (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
    let of_byte = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), step);
    i64::from(!bytes.iter().fold(u32::MAX, of_byte))
}

pub fn id_of(bytes: &[u8]) -> ContentId {
    ContentId(Sha256::digest(bytes).into())
}

/// A phone in the middle of a task.
pub struct Field {
    pub phone: Phone,
    pub device: Device,
    pub work: Work,
    pushed: u64,
}

/// The three files of a photo.
pub struct Photo {
    pub original: Vec<u8>,
    pub preview: Vec<u8>,
    pub thumb: Vec<u8>,
}

impl Photo {
    pub fn new(number: u64, original_len: usize) -> Self {
        let part = |part: u64, len| picture(number * 10 + part, len);
        Self { original: part(1, original_len), preview: part(2, 3_000), thumb: part(3, 500) }
    }
    pub fn files(&self) -> [&Vec<u8>; 3] {
        [&self.original, &self.preview, &self.thumb]
    }
}

impl Field {
    /// Signs in as `ma` and starts a task on everything issued to her.
    pub async fn start(house: &House) -> Self {
        Self::start_as(house, 0).await
    }

    /// Signs in as an operator and starts a task on everything issued to that one.
    pub async fn start_as(house: &House, operator: usize) -> Self {
        let phone = Phone::signed_in(house, ["ma", "li"][operator]).await;
        let mut device = phone.device(&house.firm);
        let work = device.start_task(&house.firm, house.firm.items_of(operator), house.firm.assignments[operator]);
        Self { phone, device, work, pushed: 0 }
    }

    /// Takes a photo and sends its fact: its files are announced.
    pub async fn take(&mut self, house: &House, role: PhotoRole, photo: &Photo) {
        let [original, preview, thumbnail] = photo.files().map(|bytes| id_of(bytes));
        let roles = [BlobRole::Original, BlobRole::Preview, BlobRole::Thumb].into_iter().zip(photo.files());
        let blobs: Vec<_> = roles
            .map(|(role, bytes)| BlobRef { id: id_of(bytes), len: bytes.len() as u64, mime: Mime::Jpeg, role })
            .collect();
        let own = usize::from(self.phone.login != "ma");
        let item = (role == PhotoRole::Evidence).then(|| house.firm.items_of(own)[0].item);
        let exif = PhotoExif::default();
        let taken = PhotoTaken { role, item, ordinal: item.map(|_| 1), original, preview, thumbnail, exif };
        let body = FactBody::PhotoTaken(Box::new(taken));
        let fact = self.device.record(house.firm.project, &self.work.subject, &blobs, &body);
        self.work.manifest.photos.push(fact);
        self.push(house).await;
    }

    /// Takes another photo and says of this file that it has so many bytes.
    pub async fn announce(&mut self, house: &House, id: ContentId, len: u64) {
        let (mut taken, mut blobs) = firebee_tests::device::photo(900 + self.device.head(), PhotoRole::Panel, None);
        taken.original = id;
        blobs[0] = BlobRef { id, len, mime: Mime::Jpeg, role: BlobRole::Original };
        let body = FactBody::PhotoTaken(Box::new(taken));
        self.device.record(house.firm.project, &self.work.subject, &blobs, &body);
        self.push(house).await;
    }

    /// Sends what was not sent.
    pub async fn push(&mut self, house: &House) {
        let reply = self.device.push_from(&house.firm, self.pushed + 1).await;
        assert_eq!((reply.acked_through, reply.results.len()), (self.device.head(), 0), "{reply:?}");
        self.pushed = self.device.head();
    }

    pub fn request(&self, house: &House, method: Method, id: ContentId) -> Builder {
        self.phone.request(house, method, &format!("/v1/blobs/{id}"))
    }

    /// The first part file of an upload of this phone.
    pub fn part(&self, house: &House, id: ContentId) -> std::path::PathBuf {
        let blob = BlobKey { org: house.firm.org, id };
        house.app.blobs.part_path(PartKey { blob, store: self.phone.store_id, number: 1 })
    }

    pub async fn put(&self, house: &House, id: ContentId, bytes: &[u8]) -> Answer {
        house.send(self.request(house, Method::PUT, id).body(Body::from(bytes.to_vec())).unwrap()).await
    }

    pub async fn head(&self, house: &House, id: ContentId) -> Answer {
        let request = self.request(house, Method::HEAD, id).header("tus-resumable", "1.0.0");
        house.send(request.body(Body::empty()).unwrap()).await
    }

    /// `Upload-Offset` and `Firebee-Blob` of `HEAD`.
    pub async fn stands(&self, house: &House, id: ContentId) -> (String, String) {
        let answer = self.head(house, id).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        (answer.header("upload-offset").to_owned(), answer.header("firebee-blob").to_owned())
    }

    pub fn piece(&self, house: &House, id: ContentId, offset: usize) -> Builder {
        let builder = self.request(house, Method::PATCH, id).header("tus-resumable", "1.0.0");
        builder.header("content-type", "application/offset+octet-stream").header("upload-offset", offset)
    }

    pub async fn patch(&self, house: &House, id: ContentId, offset: usize, bytes: &[u8]) -> Answer {
        house.send(self.piece(house, id, offset).body(Body::from(bytes.to_vec())).unwrap()).await
    }

    pub async fn get(&self, house: &House, id: ContentId) -> Answer {
        get(house, &self.phone, id).await
    }
}

pub async fn get(house: &House, phone: &Phone, id: ContentId) -> Answer {
    let request = phone.request(house, Method::GET, &format!("/v1/blobs/{id}"));
    house.send(request.body(Body::empty()).unwrap()).await
}

/// The task as phone and lead see it.
pub async fn document(house: &House, task: TaskId) -> TaskDocument {
    serde_json::from_str(&text(house, task).await).unwrap()
}

/// A task's document as it is stored.
pub async fn text(house: &House, task: TaskId) -> String {
    let read = async move |tx: &mut Tx| {
        let find = sql!("SELECT body FROM document WHERE kind = 'task' AND id = ?1");
        let row = tx.query_opt(find, &row![&task.to_string()]).await?.unwrap();
        row.get::<Packed>(0).map(|body| body.0)
    };
    let body: Result<String, StoreError> = house.firm.store.read("test", read).await;
    body.unwrap()
}
