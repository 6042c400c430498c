//! LEB128, unsigned and zigzag, in the shortest form only: each number has one spelling.

use super::TrackError;

pub(super) fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub(super) fn put_signed(out: &mut Vec<u8>, value: i64) {
    put(out, ((value << 1) ^ (value >> 63)) as u64);
}

/// Takes one number off the front of `bytes`. It is malformed when it is cut short, not in its shortest form, or above
/// 64 bits.
pub(super) fn take(bytes: &mut &[u8]) -> Result<u64, TrackError> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = take_byte(bytes)?;
        let bits = u64::from(byte & 0x7f);
        let overlong = byte == 0 && shift > 0;
        if overlong || (shift == 63 && byte > 1) {
            return Err(TrackError::Malformed);
        }
        value |= bits << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(TrackError::Malformed)
}

pub(super) fn take_signed(bytes: &mut &[u8]) -> Result<i64, TrackError> {
    let value = take(bytes)?;
    Ok((value >> 1) as i64 ^ -((value & 1) as i64))
}

pub(super) fn take_byte(bytes: &mut &[u8]) -> Result<u8, TrackError> {
    let (first, rest) = bytes.split_first().ok_or(TrackError::Malformed)?;
    *bytes = rest;
    Ok(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(value: u64) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, value);
        out
    }

    #[test]
    fn each_number_has_one_spelling() {
        assert_eq!(spelled(0), [0]);
        assert_eq!(spelled(127), [0x7f]);
        assert_eq!(spelled(128), [0x80, 1]);
        assert_eq!(spelled(u64::MAX), [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]);
        for bad in [
            &[][..],
            &[0x80],
            &[0x80, 0],
            &[0xff, 0x80, 0],
            &[0xff; 11],
            &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2],
        ] {
            assert_eq!(take(&mut &bad[..]), Err(TrackError::Malformed), "{bad:?}");
        }
    }

    #[test]
    fn numbers_come_back_with_their_sign() {
        for value in [0, 1, -1, 63, -64, 64, -65, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            put_signed(&mut out, value);
            assert_eq!(take_signed(&mut out.as_slice()), Ok(value));
            assert_eq!(take(&mut spelled(value as u64).as_slice()), Ok(value as u64));
        }
        assert_eq!(
            {
                let mut out = Vec::new();
                put_signed(&mut out, -64);
                out
            },
            [0x7f]
        );
    }
}
