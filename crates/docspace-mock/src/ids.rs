//! Ids, keys, tokens and colors that look random. They are seeded, so that the same calls give the
//! same answers.

use base64::Engine as _;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The portal's source of ids.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Ids {
    #[serde(with = "seed")]
    random: fastrand::Rng,
    next_folder: i64,
    /// `None` in a dump of a version without this counter; file ids then continue after the folder
    /// ids.
    #[serde(default)]
    next_file: Option<i64>,
}

/// Stores the state of the random generator in a dump.
mod seed {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(random: &fastrand::Rng, serializer: S) -> Result<S::Ok, S::Error> {
        // As text, because many JSON readers lose digits of 64-bit numbers.
        serializer.collect_str(&random.get_seed())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<fastrand::Rng, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(fastrand::Rng::with_seed).map_err(serde::de::Error::custom)
    }
}

/// The colors that a portal chooses from for rooms that are created without one.
const ROOM_COLORS: [&str; 10] =
    ["FF6680", "FF8F40", "F2D230", "61C059", "70E096", "1FCECB", "5CC3F7", "6191F2", "7757D9", "B679F2"];

impl Ids {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self { random: fastrand::Rng::with_seed(seed), next_folder: 1, next_file: Some(1) }
    }

    /// The next id of a folder or a room. Both share one counter, as on a portal.
    pub(crate) fn folder(&mut self) -> i64 {
        self.next_folder += 1;
        self.next_folder - 1
    }

    /// The next id of a file. Files have their own counter, so a file may have the same id as a
    /// room (recording operations/own-delete-id).
    pub(crate) fn file(&mut self) -> i64 {
        let id = self.next_file.unwrap_or(self.next_folder);
        self.next_file = Some(id + 1);
        id
    }

    /// Continues the ids of files after this one. A portal gives the next file the highest id of
    /// its files plus one, and so uses the id of a deleted file again (recording walks/103).
    pub(crate) fn continue_files_after(&mut self, last: i64) {
        self.next_file = Some(last + 1);
    }

    pub(crate) fn guid(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        self.random.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// An API key: `sk-` and 64 hexadecimal digits (docs/portal/keys-and-scopes.md#what-a-key-is).
    pub(crate) fn api_key(&mut self) -> String {
        format!("sk-{}", self.hex(64))
    }

    /// A session token: 172 characters of base64 (docs/portal/credentials.md#answer).
    pub(crate) fn token(&mut self) -> String {
        let mut bytes = [0; 128];
        self.random.fill(&mut bytes);
        base64::engine::general_purpose::STANDARD.encode(bytes)
    }

    /// The key of an external link. It ends with the id of the link, like the recorded keys.
    pub(crate) fn link_key(&mut self, link: Uuid) -> String {
        let mut bytes = [0; 32];
        self.random.fill(&mut bytes);
        let secret = base64::engine::general_purpose::STANDARD.encode(bytes);
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!("{secret}?\"{link}\""))
    }

    /// The last part of a link's short address: 15 characters, as in the recordings.
    pub(crate) fn short_address(&mut self) -> String {
        (0..15).map(|_| self.random.alphanumeric()).collect()
    }

    pub(crate) fn hex(&mut self, length: usize) -> String {
        (0..length).map(|_| self.random.digit(16)).collect()
    }

    pub(crate) fn room_color(&mut self) -> &'static str {
        ROOM_COLORS[self.random.usize(..ROOM_COLORS.len())]
    }

    /// A number for the `hash` parameter in addresses of pictures.
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
