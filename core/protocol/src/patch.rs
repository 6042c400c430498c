//! The difference between two revisions of a document: one zstd frame whose prefix is the older body.
//!
//! A task is one document that grows with each answer. A phone that holds the previous revision gets only the new part.
//! The frame carries a checksum: a patch that is applied to a different text fails and never gives a wrong document.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};

/// A patch from the body of revision `from` to the body of the change that carries the patch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// The revision that it is laid over.
    pub from: u64,
    /// The frame, base64url without padding.
    pub data: String,
}

/// The patch cannot be applied: the body is not that of its revision, or the bytes are no patch. The caller asks for
/// the whole document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the patch does not fit the document")]
pub struct PatchUnfit;

/// The logarithm of the largest window that a decoder opens: 8 MiB.
const WINDOW_LOG_MAX: u32 = 23;

impl Patch {
    /// The patch from one body to another; `None` when the patch would save nothing.
    pub fn between(from: u64, old: &str, new: &str) -> Option<Self> {
        let frame = pack(old.as_bytes(), new.as_bytes()).ok()?;
        let data = URL_SAFE_NO_PAD.encode(frame);
        (data.len() < new.len() / 2).then_some(Self { from, data })
    }

    /// The new body; never longer than `bytes_max`.
    ///
    /// # Errors
    /// [`PatchUnfit`], whatever the bytes are.
    pub fn apply(&self, old: &str, bytes_max: usize) -> Result<String, PatchUnfit> {
        let frame = URL_SAFE_NO_PAD.decode(&self.data).map_err(|_| PatchUnfit)?;
        let mut decoder = zstd::stream::read::Decoder::with_ref_prefix(frame.as_slice(), old.as_bytes())
            .map_err(|_| PatchUnfit)?
            .single_frame();
        decoder.window_log_max(WINDOW_LOG_MAX).map_err(|_| PatchUnfit)?;
        let mut text = Vec::new();
        let read = decoder.take(bytes_max as u64 + 1).read_to_end(&mut text).map_err(|_| PatchUnfit)?;
        if read > bytes_max {
            return Err(PatchUnfit);
        }
        String::from_utf8(text).map_err(|_| PatchUnfit)
    }
}

fn pack(old: &[u8], new: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut frame = zstd::stream::write::Encoder::with_ref_prefix(Vec::new(), zstd::DEFAULT_COMPRESSION_LEVEL, old)?;
    frame.include_checksum(true)?;
    frame.set_pledged_src_size(Some(new.len() as u64))?;
    frame.write_all(new)?;
    frame.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MAX: usize = 8 << 20;

    fn document(answers: usize) -> String {
        let answer = |n: usize| {
            format!(r#"{{"item":"{}","verdict":"conform","n":{n}}}"#, uuid::Uuid::from_u128(n as u128 * 977))
        };
        format!(r#"{{"results":[{}],"state":"executing"}}"#, (0..answers).map(answer).collect::<Vec<_>>().join(","))
    }

    #[test]
    fn one_more_answer_costs_about_its_own_bytes_however_many_there_are() {
        for answers in [20, 200, 2_000] {
            let (old, new) = (document(answers), document(answers + 1));
            let patch = Patch::between(7, &old, &new).unwrap();
            assert!(patch.data.len() < 160, "{} bytes after {answers}", patch.data.len());
            assert_eq!((patch.from, patch.apply(&old, MAX)), (7, Ok(new)));
        }
    }

    #[test]
    fn a_patch_is_refused_over_another_text_and_when_its_bytes_are_hurt() {
        let (old, new) = (document(40), document(41));
        let patch = Patch::between(1, &old, &new).unwrap();
        assert_eq!(patch.apply(&document(39), MAX), Err(PatchUnfit));
        assert_eq!(patch.apply("", MAX), Err(PatchUnfit));
        assert_eq!(patch.apply(&old, new.len() - 1), Err(PatchUnfit), "no longer than allowed");
        for at in 0..patch.data.len() {
            let mut data = patch.data.clone().into_bytes();
            data[at] = if data[at] == b'A' { b'B' } else { b'A' };
            let hurt = Patch { from: 1, data: String::from_utf8(data).unwrap() };
            let read = hurt.apply(&old, MAX);
            assert!(read.is_err() || read.as_deref() == Ok(&*new), "byte {at}");
            let cut = Patch { from: 1, data: patch.data.get(..at).unwrap().to_owned() };
            assert_eq!(cut.apply(&old, MAX), Err(PatchUnfit), "cut at {at}");
        }
    }

    #[test]
    fn a_short_or_altogether_new_body_goes_whole() {
        assert_eq!(Patch::between(1, "{}", r#"{"a":1}"#), None);
        let noise: String = (0..400_u32).map(|n| format!("{:08x}", n.wrapping_mul(2_654_435_761))).collect();
        assert_eq!(Patch::between(1, &document(3), &noise), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_refused_or_read_and_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let patch = Patch { from: 1, data: URL_SAFE_NO_PAD.encode(bytes) };
            if let Ok(text) = patch.apply("some text", 1_000) {
                prop_assert!(text.len() <= 1_000);
            }
        }
    }
}
