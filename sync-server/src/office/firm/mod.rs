//! Founding a firm: an organisation with its people, accounts, owners, contracts and projects, from one file.

pub(in crate::office) mod admit;
mod check;
pub mod create;
pub mod file;
pub mod number;
pub mod oversee;
mod project;
mod renew_key;
mod rotate;
mod set_cutoff;
pub(in crate::office) mod write;

pub use create::{CreateFirmError, Created, CreatedAccount, FirmOptions, create};
pub use oversee::{OverseeError, oversee};
pub use renew_key::{RenewKeyError, put_key, renew_key};
pub use rotate::{doubt, end_sessions, rotate};
pub use set_cutoff::{SetCutoffError, set_cutoff};

use super::{Flaw, Rule};
use firebee_domain::{code::Code, text::At};
use firebee_protocol::text::{Language, named::Values, problem_text};

/// One thing that is wrong in a firm's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirmError {
    /// Where, such as `owners[0].contracts[1].end_date`.
    pub path: String,
    /// The stable code.
    pub code: Code,
    /// The value in the file, for its author; empty where the sentence says enough.
    pub found: String,
    /// What the sentence names, such as a limit.
    pub values: Values,
}

impl FirmError {
    /// Where and what, in one line.
    pub fn sentence(&self, language: Language) -> String {
        let said = problem_text(self.code, &self.values, language);
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
        self.0.push(FirmError { path: path.into(), code, found: found.into(), values: Values::new() });
    }

    /// Returns the value, or notes the error.
    fn take<T>(&mut self, path: impl Into<String>, result: Result<T, impl Rule>) -> Option<T> {
        let note = |error: &dyn Rule| FirmError {
            path: path.into(),
            code: error.code(),
            found: String::new(),
            values: error.values(),
        };
        result.map_err(|error| self.0.push(note(&error))).ok()
    }

    /// Notes what is wrong with the fields of an element.
    fn all<E: Rule>(&mut self, path: &str, wrong: &[At<E>]) {
        self.0.extend(Flaw::all(wrong).into_iter().map(|Flaw { at, code, values }| FirmError {
            path: format!("{path}.{at}"),
            code,
            found: String::new(),
            values,
        }));
    }
}
