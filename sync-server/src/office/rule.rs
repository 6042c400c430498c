//! What an error of the office tells people: its code, and what the sentences of the code name.

use crate::password::{BYTES_MAX, PasswordError};
use firebee_domain::{
    account::{AccountError, ContactError},
    building::BuildingError,
    code::Code,
    contract::{CONTRACT_FILES_BYTES_MAX, ContractError, EndError},
    geofence::GeofenceError,
    organisation::{AppointError, CreditCodeError},
    personnel::PersonError,
    project::{BuildingChangeError, EntryError, ParticularsError},
    task::TaskError,
    text::{At, TextError},
};
use firebee_protocol::text::{
    Arg,
    named::{self, Values},
};

/// What a rule says.
pub trait Rule {
    /// The stable code of what it says.
    fn code(&self) -> Code;

    /// What the sentences of that code name.
    fn values(&self) -> Values {
        Values::new()
    }

    /// The same field by field, where the rule looks at several; everything that is wrong at once.
    fn flaws(&self) -> Vec<Flaw> {
        Vec::new()
    }
}

/// What is wrong with one field of what was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The name of the field.
    pub at: String,
    /// The stable code.
    pub code: Code,
    /// What the sentences of that code name.
    pub values: Values,
}

impl Flaw {
    /// What a rule says of a field.
    pub fn of(at: impl Into<String>, rule: &impl Rule) -> Self {
        Self { at: at.into(), code: rule.code(), values: rule.values() }
    }

    /// What the domain says of several fields.
    pub fn all<E: Rule>(wrong: &[At<E>]) -> Vec<Self> {
        wrong.iter().map(|at| Self::of(at.field, &at.error)).collect()
    }
}

impl Rule for TextError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        named::of_text(self)
    }
}

impl Rule for TaskError {
    fn code(&self) -> Code {
        self.code()
    }

    fn values(&self) -> Values {
        named::of_task(self)
    }
}

impl Rule for ContractError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Name(error) => error.values(),
            Self::FilesTooLarge => vec![("max", Arg::from(CONTRACT_FILES_BYTES_MAX >> 20))],
            Self::DatesReversed | Self::ServiceTypeNotHeld | Self::DatesImmutable | Self::Ended => Values::new(),
        }
    }
}

impl Rule for PasswordError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::TooLong => vec![("max", Arg::from(BYTES_MAX))],
            Self::TooShort | Self::TooCommon | Self::Failed => Values::new(),
        }
    }
}

/// Errors that have a code of their own, and whose sentences name what the error within them names.
macro_rules! rules { ($($error:ident [$($inner:ident),*],)*) => { $(
    impl $crate::office::Rule for $error {
        fn code(&self) -> firebee_domain::code::Code {
            (*self).code()
        }

        fn values(&self) -> firebee_protocol::text::named::Values {
            $( if let Self::$inner(error) = self { return $crate::office::Rule::values(error); } )*
            Vec::new()
        }
    }
)* }; }

pub(in crate::office) use rules;

rules! {
    AccountError [Text], AppointError [], BuildingChangeError [Building], BuildingError [Name, Place, Remark], ContactError [Text],
    CreditCodeError [], EndError [Reason], EntryError [Text], GeofenceError [], ParticularsError [Text],
    PersonError [Text],
}
