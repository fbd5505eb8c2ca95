//! A server of long lists. The mock portal sorts all its rooms for each page, which would take
//! minutes for a long list.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use anyhow::{Context, Result};
use docspace_mock::{Portal, Request};
use serde_json::{Value, json};

/// The parts of an answer of the mock portal.
struct Template {
    page: Value,
    room: Value,
    rooms: usize,
}

/// Prints the address and the key as the mock portal does, and serves until the program is ended.
pub(crate) fn serve(rooms: usize) -> Result<()> {
    let mut portal = Portal::new();
    let key = portal.key("owner").context("the mock portal has no owner")?;
    let call =
        |method: &str| Request::new(method, "/api/2.0/files/rooms").header("Authorization", &format!("Bearer {key}"));
    let created = portal.handle(&call("POST").json(&json!({ "title": "Room", "roomType": 5, "tags": ["audit"] })));
    anyhow::ensure!(created.status == 200, "the mock portal created no room");
    let mut page = portal.handle(&call("GET")).json().context("not JSON")?;
    let room = page["response"]["folders"][0].take();
    let template = Template { page, room, rooms };

    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    println!("{}", json!({ "url": url, "people": [{ "name": "owner", "key": key }] }));
    for connection in listener.incoming() {
        // A client that disconnects early is not a problem of this server.
        let _ = template.answer(&connection?);
    }
    Ok(())
}

impl Template {
    /// Answers the requests of one connection.
    fn answer(&self, mut connection: &TcpStream) -> Result<()> {
        connection.set_nodelay(true)?;
        let mut reader = BufReader::new(connection);
        loop {
            let mut request = String::new();
            if reader.read_line(&mut request)? == 0 {
                return Ok(());
            }
            let mut line = String::new();
            while line != "\r\n" {
                line.clear();
                anyhow::ensure!(reader.read_line(&mut line)? > 0, "the request ended early");
            }
            let body = self.page(start(&request)).to_string();
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n";
            connection.write_all(format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes())?;
        }
    }

    /// The page of 100 rooms that begins at `start`.
    fn page(&self, start: usize) -> Value {
        let numbers = start..self.rooms.min(start + 100);
        let mut page = self.page.clone();
        let list = &mut page["response"];
        list["startIndex"] = start.into();
        list["total"] = self.rooms.into();
        list["count"] = numbers.len().into();
        list["folders"] = numbers.map(|number| self.room(number)).collect();
        page
    }

    fn room(&self, number: usize) -> Value {
        let mut room = self.room.clone();
        room["id"] = (1_000_000 + number).into();
        room["title"] = format!("Room {number}").into();
        room
    }
}

/// The value of `startIndex` in the first line of a request.
fn start(request: &str) -> usize {
    let value = request.split(['?', '&', ' ']).find_map(|part| part.strip_prefix("startIndex="));
    value.and_then(|value| value.parse().ok()).unwrap_or(0)
}
