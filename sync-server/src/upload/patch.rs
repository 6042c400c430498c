//! Receives a piece of a blob by tus.

use super::{
    Reached, ReceiveError, Uploads, find,
    incoming::{End, Incoming, pour},
    turn::Turn,
    turn_at, verified,
};
use crate::{
    blobs::{BlobKey, Checksum, Opened, Reach, Sink, Sums},
    evidence::blob::advance,
};
use firebee_protocol::blob::BlobState;

/// Takes a piece that begins at `offset`. With a checksum the offset moves only after the check. Without one it moves
/// after each MiB, at the end, and when the sender disconnects. The last piece verifies the blob.
///
/// Must run to its end: call it in a task of its own, so that a caller that disconnects does not cancel it.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn patch(
    uploads: Uploads,
    key: BlobKey,
    offset: u64,
    checksum: Option<Checksum>,
    body: Incoming,
) -> Result<Reached, ReceiveError> {
    let mut turn = turn_at(&uploads, key).await?;
    let row = find(&uploads, key).await?;
    if row.state == BlobState::Durable || offset != row.received {
        return Err(ReceiveError::OffsetMismatch { offset: Reached::from(row).offset });
    }
    let summed = turn.summed.0.take().filter(|(len, _)| *len == offset);
    let sink = match uploads.blobs.open_part(key, offset, summed, checksum).await? {
        Opened::Part(sink) => *sink,
        Opened::Short => {
            advance(&uploads.store, key, 0).await?;
            return Err(ReceiveError::OffsetMismatch { offset: 0 });
        }
        // The server ended after it named the file and before it wrote the row.
        Opened::Final => return settle(&uploads, key, turn).await,
    };
    let noted = (!sink.is_checked()).then_some((&uploads.store, key));
    let (sink, end) = pour(&mut turn, sink, body, row.len, Reach::Synced, noted).await?;
    let refused = match end {
        End::TooLong => Some(ReceiveError::TooLarge),
        End::Broken if sink.is_checked() => Some(ReceiveError::Interrupted { offset }),
        End::Complete if !sink.checksum_holds() => Some(ReceiveError::ChecksumMismatch { offset }),
        End::Complete | End::Broken => None,
    };
    if let Some(refused) = refused {
        // The row changes first, so that its offset never points beyond the bytes in the file.
        advance(&uploads.store, key, offset).await?;
        turn.summed.0 = Some(sink.take_back().await?.into_summed());
        return Err(refused);
    }
    if sink.len() == row.len {
        return finish(&uploads, key, turn, sink).await;
    }
    let (offset, sums) = sink.into_summed();
    advance(&uploads.store, key, offset).await?;
    turn.summed.0 = Some((offset, sums));
    match end {
        End::Complete => Ok(Reached { offset, len: row.len, state: BlobState::Receiving }),
        _ => Err(ReceiveError::Interrupted { offset }),
    }
}

/// The part file is complete. It gets its final name if its hash is the blob's.
async fn finish(uploads: &Uploads, key: BlobKey, turn: Turn, sink: Sink) -> Result<Reached, ReceiveError> {
    let (len, sums) = sink.into_summed();
    if sums.hash() != key.id.0 {
        // The row first: its offset must never point beyond the bytes on the disk.
        advance(&uploads.store, key, 0).await?;
        uploads.blobs.drop_part(key).await?;
        return Err(ReceiveError::HashMismatch);
    }
    uploads.blobs.name_part(key).await?;
    verified(uploads, key, turn, len, &sums).await
}

/// The file has its final name but the row does not say so, so the file is hashed again.
async fn settle(uploads: &Uploads, key: BlobKey, turn: Turn) -> Result<Reached, ReceiveError> {
    let bytes = uploads.blobs.read_named(key).await?;
    let mut sums = Sums::default();
    sums.update(&bytes);
    if sums.hash() != key.id.0 {
        tracing::error!("a blob on disk is not what its name says and is received again");
        advance(&uploads.store, key, 0).await?;
        uploads.blobs.drop_final(key).await?;
        return Err(ReceiveError::HashMismatch);
    }
    verified(uploads, key, turn, bytes.len() as u64, &sums).await
}
