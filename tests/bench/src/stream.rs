//! All rooms as a stream.

use anyhow::Result;
use futures::TryStreamExt;
use serde_json::{Value, json};

use crate::{calls, memory};

/// Reads all rooms, and keeps none.
pub(crate) async fn run() -> Result<Value> {
    let (mut rooms, mut count) = (calls::unlimited()?.rooms().list().stream(), 0);
    while rooms.try_next().await?.is_some() {
        count += 1;
    }
    Ok(json!({ "rooms": count, "peakKib": memory::peak_kib()? }))
}
