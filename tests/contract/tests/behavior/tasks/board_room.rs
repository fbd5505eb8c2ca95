//! Makes a room of a board with lists of cards: a folder for each list, and a text file for each
//! card.

use std::collections::HashMap;
use std::error::Error;

use contract::target::Target;
use docspace::{Portal, Room, RoomType};
use serde::Deserialize;

use crate::fixture::files;

/// The export of a board.
#[derive(Deserialize)]
struct Board {
    name: String,
    lists: Vec<List>,
    cards: Vec<Card>,
}

#[derive(Deserialize)]
struct List {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Card {
    list: String,
    name: String,
    description: String,
}

async fn room_from_board(portal: &Portal, json: &str) -> Result<Room, Box<dyn Error>> {
    let board: Board = serde_json::from_str(json)?;
    let room = portal.rooms().create(&board.name, RoomType::Custom).send().await?;
    let titles = board.lists.iter().map(|list| title(&list.name));
    let folders = portal.room(&room).folders().create_tree(titles).await?;
    let folders: HashMap<&str, _> = board.lists.iter().map(|list| &*list.id).zip(&folders).collect();
    for card in board.cards {
        let folder = folders.get(&*card.list).ok_or_else(|| format!("the board has no list `{}`", card.list))?;
        portal.folder(*folder).upload(format!("{}.txt", title(&card.name)), card.description).send().await?;
    }
    Ok(room)
}

/// A title without the characters that a portal would replace. A slash would begin another folder.
fn title(name: &str) -> String {
    name.replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '+'], "-")
}

#[tokio::test]
async fn board_becomes_a_room_with_a_file_for_each_card() {
    Target::run(async |target| {
        let portal = target.portal();
        let board = serde_json::json!({
            "name": target.title("Launch"),
            "lists": [{"id": "a", "name": "To do"}, {"id": "b", "name": "Done/checked"}],
            "cards": [
                {"list": "a", "name": "Print: flyer", "description": "500 pieces"},
                {"list": "a", "name": "Book the hall", "description": ""},
                {"list": "b", "name": "Invite guests", "description": "120 people"},
            ],
        });
        let room = room_from_board(&portal, &board.to_string()).await.unwrap();
        let lists = portal.room(&room).folders().list().await.unwrap();
        let sizes: Vec<_> = lists.iter().map(|folder| (&*folder.title, folder.files_count)).collect();
        assert_eq!(sizes, [("Done-checked", 1), ("To do", 2)]);
        let mut cards = files(portal.folder(&lists[1]).content()).await;
        cards.sort_by(|one, other| one.title.cmp(&other.title));
        assert_eq!((&*cards[0].title, cards[0].size()), ("Book the hall.txt", 0));
        assert_eq!((&*cards[1].title, cards[1].size()), ("Print- flyer.txt", 10));
    })
    .await;
}
