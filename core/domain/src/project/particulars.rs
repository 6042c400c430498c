//! What the office keeps of a project beside what its phones need: phones get none of it.

use crate::{
    code::Code,
    id::{AccountId, ContentId},
    measure::Decimal,
    organisation::CreditCode,
    text::{self, At, NAME_MAX, TextError},
};
use serde::{Deserialize, Serialize};

/// The particulars of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Particulars {
    /// The initials of the project's name in pinyin.
    pub initials: String,
    /// The owner's person responsible for fire safety.
    pub responsible_person: String,
    /// The owner's fire safety manager.
    pub safety_manager: String,
    /// The phone of the fire control room.
    pub control_room_phone: String,
    /// The price of the contract in yuan.
    pub price_yuan: Option<Decimal>,
    /// What kind of building it is.
    pub unit_type: String,
    /// The trade that supervises the owner.
    pub trade: String,
    /// the owner's credit code; `None` until it is entered.
    pub credit_code: Option<CreditCode>,
    /// Files, by their hashes.
    pub files: Vec<ContentId>,
    /// Who usually executes. It fills a form in and binds nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usual_executor: Option<AccountId>,
}

/// Why particulars are not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParticularsError {
    /// A text is not fit to keep.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The price is below zero.
    #[error("the price is below zero")]
    PriceNegative,
}

impl ParticularsError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::PriceNegative => Code::ValueMalformed,
        }
    }
}

impl Particulars {
    /// checks particulars as typed; each text is one line. Returns them fit to keep.
    ///
    /// # Errors
    /// Everything that is wrong, each at its field.
    pub fn checked(&self) -> Result<Self, Vec<At<ParticularsError>>> {
        let mut wrong = Vec::new();
        let mut line =
            |field, typed: &str| At::take(&mut wrong, field, text::line(typed, NAME_MAX)).unwrap_or_default();
        let kept = Self {
            initials: line("initials", &self.initials),
            responsible_person: line("responsible_person", &self.responsible_person),
            safety_manager: line("safety_manager", &self.safety_manager),
            control_room_phone: line("control_room_phone", &self.control_room_phone),
            unit_type: line("unit_type", &self.unit_type),
            trade: line("trade", &self.trade),
            ..self.clone()
        };
        if kept.price_yuan.is_some_and(Decimal::is_negative) {
            wrong.push(At { field: "price_yuan", error: ParticularsError::PriceNegative });
        }
        if wrong.is_empty() { Ok(kept) } else { Err(wrong) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// everything that is wrong is told at once.
    #[test]
    fn r_067_particulars_are_lines_and_a_price_is_not_negative() {
        let typed = Particulars { trade: " 住建 ".into(), ..Particulars::default() };
        assert_eq!(typed.checked().map(|kept| kept.trade), Ok("住建".to_owned()));
        let price_yuan = "-1".parse().ok();
        let typed = Particulars { unit_type: "一\n二".into(), price_yuan, ..Particulars::default() };
        let fields: Vec<&str> = typed.checked().unwrap_err().iter().map(|at| at.field).collect();
        assert_eq!(fields, ["unit_type", "price_yuan"]);
    }
}
