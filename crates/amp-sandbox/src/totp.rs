//! One-time codes (RFC 6238: HMAC-SHA-1, six digits, steps of 30 seconds).

use ring::hmac;

use crate::clock::Millis;

const STEP_MS: Millis = 30_000;

/// The six digits that an authenticator with this Base32 secret shows at this time; `None` if it is no Base32.
pub fn code(secret: &str, at: Millis) -> Option<String> {
    Some(code_at(&base32(secret)?, at / STEP_MS))
}

/// Whether these are the digits of now, or of the step before or after: clocks differ.
pub(crate) fn accepts(secret: &str, digits: &str, now: Millis) -> bool {
    let Some(key) = base32(secret) else { return false };
    (-1..=1).any(|off| code_at(&key, now / STEP_MS + off) == digits)
}

fn code_at(key: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
    let hash = hmac::sign(&key, &step.to_be_bytes());
    let hash = hash.as_ref();
    let start = usize::from(hash[19] & 0x0f);
    let part = [hash[start] & 0x7f, hash[start + 1], hash[start + 2], hash[start + 3]];
    format!("{:06}", u32::from_be_bytes(part) % 1_000_000)
}

fn base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for letter in text.trim_end_matches('=').chars().filter(|letter| *letter != ' ') {
        let value = match letter.to_ascii_uppercase() {
            letter @ 'A'..='Z' => u32::from(letter) - u32::from('A'),
            letter @ '2'..='7' => u32::from(letter) - u32::from('2') + 26,
            _ => return None,
        };
        held = (held << 5) | value;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "12345678901234567890", the secret of the RFC's appendix B.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn gives_the_codes_of_the_rfc() {
        for (second, digits) in
            [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")]
        {
            assert_eq!(code(SECRET, second * 1_000).as_deref(), Some(digits));
        }
        assert_eq!(code("not base 32!", 0), None);
    }

    #[test]
    fn forgives_a_clock_that_is_half_a_minute_off() {
        let now = 1_111_111_109_000;
        assert!(accepts(SECRET, "081804", now + 30_000));
        assert!(!accepts(SECRET, "081804", now + 90_000));
    }
}
