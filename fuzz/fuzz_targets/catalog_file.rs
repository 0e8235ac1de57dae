//! The reader of catalogue files takes any bytes, and what it accepts comes back the same from what is written.

#![no_main]

use libfuzzer_sys::fuzz_target;
use waymark::catalog::{CatalogId, parse, print};

fuzz_target!(|bytes: &[u8]| {
    for name in ["fuzz.yaml", "fuzz.json"] {
        match parse(name, bytes) {
            Ok(catalog) => {
                let text = print(&catalog);
                let again = parse("again.yaml", text.as_bytes())
                    .unwrap_or_else(|faults| panic!("what was written is refused:\n{faults}\n{text}"));
                assert_eq!(CatalogId::of(&again), CatalogId::of(&catalog), "what was written differs:\n{text}");
                assert_eq!(print(&again), text, "a second writing differs");
            }
            Err(faults) => {
                let text = faults.to_string();
                assert!(text.contains(name), "a complaint without a file: {text}");
            }
        }
    }
});
