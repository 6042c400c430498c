//! Why a message got no answer.

use strum::{EnumString, IntoStaticStr, VariantArray};

/// Why there is no answer of a receiver, as its word in the list of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Unsent {
    /// Nobody knows the host.
    #[error("the host cannot be found")]
    HostUnknown,
    /// The host lies in a private network, or the address is not `https`.
    #[error("the operator does not allow this host")]
    HostRefused,
    /// Nobody answers there.
    #[error("nobody answers there")]
    Silent,
    /// No authority that this server trusts has signed the certificate.
    #[error("the certificate is not trusted")]
    CertificateUntrusted,
    /// The certificate is one for other names.
    #[error("the certificate is for other names")]
    CertificateOfAnother,
    /// The certificate has expired, or is not valid yet.
    #[error("the certificate has expired or is not valid yet")]
    CertificateExpired,
    /// It took too long.
    #[error("it took too long")]
    TimedOut,
    /// What came is no answer.
    #[error("what came is no answer")]
    Malformed,
    /// The firm has another key than when the address was sealed.
    #[error("the firm's key does not open the address")]
    Sealed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_388_a_word_of_the_list_is_read_back() {
        for unsent in Unsent::VARIANTS {
            assert_eq!(<&str>::from(unsent).parse(), Ok(*unsent));
        }
    }
}
