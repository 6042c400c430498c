//! Founding a firm: an organisation with its people, accounts, owners, contracts and projects, from one file.

mod check;
pub mod create;
pub mod file;
pub mod number;
mod project;
mod renew_key;
mod rotate;
pub(in crate::office) mod write;

pub use create::{CreateFirmError, Created, CreatedAccount, FirmOptions, create};
pub use renew_key::{RenewKeyError, put_key, renew_key};
pub use rotate::{doubt, rotate};

use firebee_domain::code::Code;
use firebee_protocol::text::{Arg, Language, problem_text};

/// One thing that is wrong in a firm's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirmError {
    /// Where, such as `owners[0].contracts[1].end_date`.
    pub path: String,
    /// The stable code.
    pub code: Code,
    /// The value in the file, for its author.
    pub found: String,
}

impl FirmError {
    /// Where and what, in one line.
    pub fn sentence(&self, language: Language) -> String {
        let limit = [("max", Arg::from(self.found.as_str())), ("missing", Arg::from(self.found.as_str()))];
        let said = problem_text(self.code, &limit, language);
        if self.found.is_empty() {
            format!("{}: {said}", self.path)
        } else {
            format!("{}: {said} ({})", self.path, self.found)
        }
    }
}

/// All errors found so far.
#[derive(Debug, Default)]
struct Errors(Vec<FirmError>);

impl Errors {
    fn add(&mut self, path: impl Into<String>, code: Code, found: impl Into<String>) {
        self.0.push(FirmError { path: path.into(), code, found: found.into() });
    }

    /// Returns the value, or notes the error.
    fn take<T>(&mut self, path: impl Into<String>, result: Result<T, Code>) -> Option<T> {
        result.map_err(|code| self.add(path, code, "")).ok()
    }
}
