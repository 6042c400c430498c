//! What the commands of `firebee admin` are told in words of their own.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use firebee_domain::{
    account::Category,
    personnel::{Certificate, CertificateKind},
    time::Cutoff,
};

/// A certificate.
#[derive(Args, Clone, Debug)]
pub(super) struct CertificateArgs {
    /// What it proves
    #[arg(long, value_enum)]
    pub(super) kind: KindArg,
    /// Its level; 1 is the highest
    #[arg(long)]
    pub(super) level: u8,
    /// The number printed on it; a certificate of the same kind and number is replaced
    #[arg(long)]
    pub(super) number: String,
    /// The first day it holds, YYYY-MM-DD. A registered engineer's names both days
    #[arg(long, value_name = "DAY")]
    pub(super) from: Option<NaiveDate>,
    /// The last day it holds, YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    pub(super) to: Option<NaiveDate>,
}

impl From<CertificateArgs> for Certificate {
    fn from(typed: CertificateArgs) -> Self {
        let CertificateArgs { kind, level, number, from, to } = typed;
        Self { kind: kind.into(), level, number, valid_from: from, valid_to: to, issued: None }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(super) enum CategoryArg {
    FieldOperator,
    ProjectLead,
    CompanyManager,
}

impl From<CategoryArg> for Category {
    fn from(argument: CategoryArg) -> Self {
        match argument {
            CategoryArg::FieldOperator => Self::FieldOperator,
            CategoryArg::ProjectLead => Self::ProjectLead,
            CategoryArg::CompanyManager => Self::CompanyManager,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(super) enum KindArg {
    RegisteredEngineer,
    FacilityOperatorCert,
    LegacyFireGuardCert,
}

impl From<KindArg> for CertificateKind {
    fn from(argument: KindArg) -> Self {
        match argument {
            KindArg::RegisteredEngineer => Self::RegisteredEngineer,
            KindArg::FacilityOperatorCert => Self::FacilityOperatorCert,
            KindArg::LegacyFireGuardCert => Self::LegacyFireGuardCert,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(super) enum CutoffArg {
    Stated,
    Receipt,
}

impl From<CutoffArg> for Cutoff {
    fn from(argument: CutoffArg) -> Self {
        match argument {
            CutoffArg::Stated => Self::Stated,
            CutoffArg::Receipt => Self::Receipt,
        }
    }
}
