//! Files that belong to a decision or to the handling of a fault.

use crate::{id::ContentId, task::TaskError};

/// The most files of one act.
pub const ATTACHMENTS_MAX: u32 = 8;
/// The most bytes of one file: 10 MiB.
pub const ATTACHMENT_BYTES_MAX: u32 = ATTACHMENT_MIB_MAX << 20;
/// The same in MiB, as sentences say it.
pub const ATTACHMENT_MIB_MAX: u32 = 10;

/// Whether an act may name these files: at most [`ATTACHMENTS_MAX`], each once.
pub(crate) fn check_attachments(files: &[ContentId]) -> Result<(), TaskError> {
    let repeated = files.iter().enumerate().any(|(at, file)| files.iter().skip(at + 1).any(|other| other == file));
    if repeated || files.len() > ATTACHMENTS_MAX as usize { Err(TaskError::TooManyAttachments) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_151_an_act_names_at_most_eight_files_each_once() {
        let files = |count: u8| (0..count).map(|n| ContentId([n; 32])).collect::<Vec<_>>();
        assert_eq!(check_attachments(&files(8)), Ok(()));
        assert_eq!(check_attachments(&files(9)), Err(TaskError::TooManyAttachments));
        assert_eq!(check_attachments(&[files(1), files(1)].concat()), Err(TaskError::TooManyAttachments));
    }
}
