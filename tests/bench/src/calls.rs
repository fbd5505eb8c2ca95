//! The same call many times.

use std::hint::black_box;

use anyhow::{Context, Result, ensure};
use docspace::transport::Throttle;
use docspace::{Portal, Room, RoomType};
use docspace_api::types::RoomList;
use serde_json::{Value, json};

use crate::client::{Client, Raw, portal_and_key};
use crate::meter;

/// Reads the first room of the portal.
pub(crate) async fn get(client: Client, calls: usize) -> Result<Value> {
    let portal = unlimited()?;
    let rooms = portal.rooms().list().all().await?;
    let id = rooms.first().context("the portal has no rooms")?.id.clone();
    match client {
        Client::Docspace => {
            let room = portal.room(id);
            meter::measure(calls, async || {
                black_box(room.get().await?);
                Ok(())
            })
            .await
        }
        Client::Raw => {
            let (raw, path) = (Raw::from_env()?, format!("files/rooms/{id}"));
            meter::measure(calls, async || {
                black_box(raw.get::<Room>(&path).await?);
                Ok(())
            })
            .await
        }
    }
}

/// Reads all rooms of a portal that has at most 100, so that there is one call.
pub(crate) async fn list(client: Client, calls: usize) -> Result<Value> {
    match client {
        Client::Docspace => {
            let portal = unlimited()?;
            meter::measure(calls, async || {
                let rooms = portal.rooms().list().all().await?;
                ensure!(!rooms.is_empty(), "the portal has no rooms");
                black_box(rooms);
                Ok(())
            })
            .await
        }
        Client::Raw => {
            let raw = Raw::from_env()?;
            meter::measure(calls, async || {
                let page: RoomList = raw.get("files/rooms?count=100&startIndex=0&searchArea=Active").await?;
                ensure!(!page.folders.is_empty(), "the portal has no rooms");
                black_box(page.folders);
                Ok(())
            })
            .await
        }
    }
}

/// Creates rooms. The raw client has no such program, because nothing is compared with it.
pub(crate) async fn create(client: Client, calls: usize) -> Result<Value> {
    ensure!(matches!(client, Client::Docspace), "only docspace creates rooms");
    let portal = unlimited()?;
    meter::measure(calls, async || {
        black_box(portal.rooms().create("Measured room", RoomType::Custom).send().await?);
        Ok(())
    })
    .await
}

/// Creates rooms, and measures nothing.
pub(crate) async fn fill(rooms: usize) -> Result<Value> {
    let portal = unlimited()?;
    for number in 0..rooms {
        portal.rooms().create(format!("Room {number}"), RoomType::Custom).tags(["audit"]).send().await?;
    }
    Ok(json!({ "rooms": rooms }))
}

/// A client that does not reach its limit of calls in a minute. It still counts them.
pub(crate) fn unlimited() -> Result<Portal> {
    let (url, key) = portal_and_key()?;
    Ok(Portal::builder(url).api_key(key).throttle(Throttle::default().per_minute(1_000_000_000)).build()?)
}

/// Reads the rooms once.
pub(crate) async fn first() -> Result<Value> {
    let rooms = Portal::from_env()?.rooms().list().all().await?;
    Ok(json!({ "id": rooms.first().context("the portal has no rooms")?.id }))
}
