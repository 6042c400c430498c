//! Receives a piece of a blob by tus.

use super::{
    Reached, ReceiveError, Uploads, elsewhere, find,
    held::{Held, hold},
    incoming::{End, Incoming, Noted, pour},
    turn::{Hashed, Turn},
    turn_at, verified,
};
use crate::{
    blobs::{Begun, Checksum, Opened, PartKey, Sink, Sums},
    evidence::blob::Delivery,
};
use firebee_protocol::blob::BlobState;

/// Takes a piece that begins at `offset`. With a checksum the offset moves only at the end of the piece: behind all of it
/// when the checksum holds, back when not. Without one it moves after each 8 MiB and at the end; the hash of the whole blob
/// decides. When the sender disconnects, what came stays. The last piece verifies the blob.
///
/// Must run to its end: call it in a task of its own, so that a caller that disconnects does not cancel it.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn patch(
    uploads: Uploads,
    delivery: Delivery,
    offset: u64,
    checksum: Option<Checksum>,
    body: Incoming,
) -> Result<Reached, ReceiveError> {
    let mut turn = turn_at(&uploads, delivery).await?;
    let row = find(&uploads, delivery).await?;
    if row.state == BlobState::Durable {
        return Err(ReceiveError::OffsetMismatch { offset: row.len });
    }
    uploads.check_room(row.len.saturating_sub(offset)).await?;
    let counted = if row.runs { None } else { Some(uploads.quota.begin(delivery.store, row.len, row.unfinished)?) };
    let held = hold(&uploads, delivery, &mut turn, row.len).await?;
    drop(counted);
    if offset != held.taken.received {
        held.release(&uploads, None).await?;
        return Err(elsewhere(&uploads, delivery).await);
    }
    let piece = Piece { uploads: &uploads, delivery, held: &held, offset };
    let received = piece.receive(&mut turn, checksum, body).await;
    let (kept, told) = match received {
        Ok(Received::Whole(reached)) => return Ok(reached),
        Ok(Received::Part { offset, hash, told }) => (Some((offset, hash)), told),
        Err(refused) => (None, Err(refused)),
    };
    let beat = held.release(&uploads, kept.as_ref().map(|(offset, _)| *offset)).await?;
    turn.hashed.0 = beat.zip(kept).map(|(beat, (len, hash))| Hashed { beat, len, hash });
    told
}

/// A piece that a request brings, under its lease.
struct Piece<'a> {
    uploads: &'a Uploads,
    delivery: Delivery,
    held: &'a Held,
    offset: u64,
}

/// What came of a piece.
enum Received {
    /// The blob is whole and verified. Its row says so, and nobody needs the lease any more.
    Whole(Reached),
    /// The file holds `offset` bytes with this hash.
    Part { offset: u64, hash: Sums, told: Result<Reached, ReceiveError> },
}

impl Piece<'_> {
    fn part(&self) -> PartKey {
        self.delivery.part(self.held.taken.part)
    }

    async fn receive(
        &self,
        turn: &mut Turn,
        checksum: Option<Checksum>,
        body: Incoming,
    ) -> Result<Received, ReceiveError> {
        let Self { uploads, held, offset, .. } = *self;
        let taken = held.taken;
        let own = turn.hashed.0.take().filter(|own| own.len == offset && own.beat.saturating_add(1) == taken.beat);
        let begun = Begun { hash: own.map(|own| own.hash), copy_of: held.copy_of };
        let sink = match uploads.blobs.open_part(self.part(), offset, begun, checksum).await? {
            Opened::Part(sink) => *sink,
            Opened::Short => return Ok(begin_again(ReceiveError::OffsetMismatch { offset: 0 })),
            // The server ended after it named the file and before it wrote the row.
            Opened::Final => return self.settle().await,
        };
        let noted = Noted { uploads, held: (!sink.is_checked()).then_some(held) };
        let (sink, end) = pour(turn, sink, body, taken.len, noted).await?;
        let refused = match end {
            End::TooLong => Some(ReceiveError::TooLarge),
            End::Complete if !sink.checksum_holds() => Some(ReceiveError::ChecksumMismatch { offset }),
            End::Complete | End::Broken | End::NoRoom => None,
        };
        if let Some(refused) = refused {
            // The row changes first, so that its offset never points beyond the bytes in the file.
            held.advance(uploads, offset).await?;
            let (offset, hash) = sink.take_back().await?.into_summed();
            return Ok(Received::Part { offset, hash, told: Err(refused) });
        }
        if sink.len() == taken.len {
            return self.finish(sink).await;
        }
        let (offset, hash) = sink.into_summed();
        let told = match end {
            End::Complete => Ok(Reached { offset, len: taken.len, state: BlobState::Receiving }),
            End::NoRoom => Err(ReceiveError::DiskFull),
            End::Broken | End::TooLong => Err(ReceiveError::Interrupted { offset }),
        };
        Ok(Received::Part { offset, hash, told })
    }

    /// The part file is complete. It gets its final name if its hash is the blob's.
    async fn finish(&self, sink: Sink) -> Result<Received, ReceiveError> {
        let (len, sums) = (sink.len(), sink.sums().clone());
        drop(sink);
        if sums.hash() != self.delivery.key.id.0 {
            // The row first: its offset must never point beyond the bytes on the disk.
            self.held.advance(self.uploads, 0).await?;
            self.uploads.blobs.drop_part(self.part()).await?;
            return Ok(begin_again(ReceiveError::HashMismatch));
        }
        self.uploads.blobs.name_part(self.part()).await?;
        verified(self.uploads, self.delivery, len, &sums).await.map(Received::Whole)
    }

    /// The file has its final name but the row does not say so, so the file is hashed again.
    async fn settle(&self) -> Result<Received, ReceiveError> {
        let (uploads, key) = (self.uploads, self.delivery.key);
        let (len, sums) = uploads.blobs.sum_named(key).await?;
        if sums.hash() != key.id.0 {
            tracing::error!("a blob on disk is not what its name says and is received again");
            self.held.advance(uploads, 0).await?;
            uploads.blobs.drop_final(key).await?;
            return Ok(begin_again(ReceiveError::HashMismatch));
        }
        uploads.blobs.drop_part(self.part()).await?;
        verified(uploads, self.delivery, len, &sums).await.map(Received::Whole)
    }
}

/// No byte of the file counts.
fn begin_again(refused: ReceiveError) -> Received {
    Received::Part { offset: 0, hash: Sums::default(), told: Err(refused) }
}
