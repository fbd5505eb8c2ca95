//! Everything that looks random in the portal's answers: seeded, so the same calls give the same answers.
//!
//! Used by the whole core wherever a portal would draw a guid, a key, a token or a colour.

use base64::Engine as _;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The portal's source of ids.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Ids {
    #[serde(with = "seed")]
    random: fastrand::Rng,
    next_folder: i64,
    /// A dump of an earlier version has no such counter: there, files were numbered with the
    /// folders' counter.
    #[serde(default)]
    next_file: Option<i64>,
}

/// A dump keeps where the row of random numbers has come to.
mod seed {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(random: &fastrand::Rng, serializer: S) -> Result<S::Ok, S::Error> {
        // As text: not every reader of JSON keeps 64 bits.
        serializer.collect_str(&random.get_seed())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<fastrand::Rng, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(fastrand::Rng::with_seed).map_err(serde::de::Error::custom)
    }
}

/// The colours a portal draws from for rooms made without one [R rooms/*].
const ROOM_COLORS: [&str; 10] =
    ["FF6680", "FF8F40", "F2D230", "61C059", "70E096", "1FCECB", "5CC3F7", "6191F2", "7757D9", "B679F2"];

impl Ids {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self { random: fastrand::Rng::with_seed(seed), next_folder: 1, next_file: Some(1) }
    }

    /// Folders and rooms share one counter, as on a portal.
    pub(crate) fn folder(&mut self) -> i64 {
        self.next_folder += 1;
        self.next_folder - 1
    }

    /// Files have their own counter, so a file may have the same number as a room [R
    /// operations/own-delete-id].
    pub(crate) fn file(&mut self) -> i64 {
        let id = self.next_file.unwrap_or(self.next_folder);
        self.next_file = Some(id + 1);
        id
    }

    pub(crate) fn guid(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        self.random.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// An API key: `sk-` and 64 hexadecimal digits (portal-facts 2.2).
    pub(crate) fn api_key(&mut self) -> String {
        format!("sk-{}", self.hex(64))
    }

    /// A session token: 172 characters of base64 (portal-facts 2.4).
    pub(crate) fn token(&mut self) -> String {
        let mut bytes = [0; 128];
        self.random.fill(&mut bytes);
        base64::engine::general_purpose::STANDARD.encode(bytes)
    }

    /// The key of an external link: it ends with the link's own id, as the recorded ones do.
    pub(crate) fn link_key(&mut self, link: Uuid) -> String {
        let mut bytes = [0; 32];
        self.random.fill(&mut bytes);
        let secret = base64::engine::general_purpose::STANDARD.encode(bytes);
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!("{secret}?\"{link}\""))
    }

    /// The short address of a link, fifteen characters [R links/*].
    pub(crate) fn short_address(&mut self) -> String {
        (0..15).map(|_| self.random.alphanumeric()).collect()
    }

    pub(crate) fn hex(&mut self, length: usize) -> String {
        (0..length).map(|_| self.random.digit(16)).collect()
    }

    pub(crate) fn room_color(&mut self) -> &'static str {
        ROOM_COLORS[self.random.usize(..ROOM_COLORS.len())]
    }

    /// A number for the `hash=` of picture addresses.
    pub(crate) fn hash(&mut self) -> u32 {
        self.random.u32(100_000_000..1_000_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let (mut one, mut two) = (Ids::seeded(7), Ids::seeded(7));
        assert_eq!(one.guid(), two.guid());
        assert_eq!(one.api_key(), two.api_key());
        assert_eq!(one.api_key().len(), 67);
        assert_eq!(one.token().len(), 172);
    }
}
