//! The HTML report: its content, and how a browser shows it.

use std::path::PathBuf;
use std::process::Command;

use crate::audit::populated;
use crate::support::{World, stdout};

fn page(world: &World, audit: &str) -> String {
    stdout(&world.owner(&["audit", audit, "--format", "html"]).assert().success())
}

/// Returns the text of all elements that match.
fn texts(page: &str, selector: &str) -> Vec<String> {
    let dom = tl::parse(page, tl::ParserOptions::default()).expect("HTML");
    let found = dom.query_selector(selector).expect("a selector");
    found.filter_map(|node| Some(node.get(dom.parser())?.inner_text(dom.parser()).into_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn page_contains_everything_and_escapes_what_people_wrote() {
    let world = populated().await;
    let links = page(&world, "links");
    assert_eq!(texts(&links, "h1"), ["3 of 5 links never expire"]);
    assert!(texts(&links, "title")[0].starts_with("3 of 5 links never expire Link audit of 127.0.0.1:"), "{links}");
    assert_eq!(texts(&links, "h2"), ["At a glance", "Findings", "Not readable", "All links"]);
    assert_eq!(texts(&links, "tr").len(), 6);
    assert_eq!(texts(&links, "caption").len(), 1);
    assert_eq!(texts(&links, "script").len(), 1, "only the script of the page");
    assert!(links.contains("=&lt;script&gt;alert(1)&lt;/script&gt; | &quot;you&quot;"), "{links}");
    assert!(!links.contains("/s/"), "addresses of links are left out");
    for address in ["http:", "https:", "//"] {
        for attribute in ["src", "href", "action"] {
            assert!(!links.contains(&format!("{attribute}=\"{address}")), "{attribute} {address}");
        }
    }
    assert_eq!(texts(&page(&world, "access"), "h1"), ["4 people, 1 group and 5 links for 3 rooms"]);
    assert_eq!(texts(&page(&world, "guests"), "h1"), ["1 of 3 guests is in no room"]);
    assert_eq!(texts(&page(&world, "storage"), "h1"), ["3 rooms use 0 B"]);
}

/// Returns the browser: that of the variable `CHROMIUM`, or the first on the path.
fn chromium() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Some(path.into());
    }
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name))).find(|file| file.is_file())
}

/// A page that opens the report in a frame, uses it, and writes what it sees into its own body.
fn visit(report: &str) -> String {
    let report = report.replace('&', "&amp;").replace('"', "&quot;");
    format!(
        r#"<!DOCTYPE html><iframe width="1000" height="800" srcdoc="{report}"></iframe><pre></pre><script>
        document.querySelector("iframe").onload = (event) => {{
          const page = event.target.contentDocument;
          const rows = () => [...page.querySelectorAll("tbody tr")].filter((row) => !row.hidden);
          const titles = () => rows().map((row) => row.cells[4].textContent).join(";");
          const button = page.querySelectorAll("th button")[4];
          button.click();
          const ascending = titles();
          button.click();
          const descending = titles();
          const sorted = button.parentNode.getAttribute("aria-sort");
          const input = page.querySelector("input");
          input.value = "audit EDIT";
          input.dispatchEvent(new Event("input"));
          const style = event.target.contentWindow.getComputedStyle(page.querySelector("tbody td"));
          document.querySelector("pre").textContent = [ascending, descending, sorted, titles(),
            page.querySelector("output").textContent, style.textAlign, style.borderTopWidth,
            page.documentElement.scrollWidth <= page.documentElement.clientWidth].join("\n");
        }};</script>"#
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn page_works_in_a_browser_without_errors() {
    let Some(chromium) = chromium() else {
        eprintln!("skipped: there is no Chromium on the path, and the variable CHROMIUM is not set");
        return;
    };
    let world = populated().await;
    let folder = world.config.path();
    let file = folder.join("visit.html");
    std::fs::write(&file, visit(&page(&world, "links"))).expect("a file");
    let shown = Command::new(chromium)
        // The sandbox does not work for root and in many containers. The page is our own.
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.join("browser").display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .expect("a browser");
    let (dom, log) = (String::from_utf8_lossy(&shown.stdout), String::from_utf8_lossy(&shown.stderr));
    let console: Vec<_> = log.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert!(console.is_empty(), "{console:?}");
    let seen = texts(&dom, "pre").pop().unwrap_or_default();
    let title = "=&lt;script&gt;alert(1)&lt;/script&gt; | \"you\"";
    assert_eq!(
        seen.lines().collect::<Vec<_>>(),
        [
            &*format!("{title};Editors;Join the press;Shared link;Staff"),
            &*format!("Staff;Shared link;Join the press;Editors;{title}"),
            "descending",
            "Editors",
            "1 of 5",
            "right",
            "1px",
            "true",
        ]
    );
}
