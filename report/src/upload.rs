//! The file of somebody else that is the text of a report.

use hayro_syntax::Pdf;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How many pages a PDF has; `None` for one that cannot be read, or is encrypted.
pub fn pages(bytes: &[u8]) -> Option<usize> {
    // A panic in the reader counts as a defect of the file.
    let read = || Pdf::new(bytes.to_vec()).ok().map(|pdf| pdf.pages().len());
    catch_unwind(AssertUnwindSafe(read)).ok().flatten().filter(|pages| *pages > 0)
}
