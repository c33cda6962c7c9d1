//! An address -> a QR code as SVG, sized for paper; each address once, since guide, sheet and pack print the same.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, PoisonError, RwLock};

use crate::qr::{QUIET, QrCode};

/// The least side of the code without its quiet zone, in mm: a tenth of the distance of 20 cm at which it is read.
const SIDE: f64 = 20.0;
/// The least side of a module in mm, which a poor copy still shows.
const MODULE: f64 = 0.5;

/// The codes made so far, by address.
#[derive(Default)]
pub(super) struct Codes(RwLock<HashMap<String, Arc<str>, ahash::RandomState>>);

impl Codes {
    /// The code of an address.
    pub(super) fn of(&self, address: String) -> Arc<str> {
        // A thread that panicked cannot have left half an entry behind.
        let made = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(svg) = made.get(&address) {
            return Arc::clone(svg);
        }
        drop(made);
        let svg: Arc<str> = svg(&address).into();
        let mut made = self.0.write().unwrap_or_else(PoisonError::into_inner);
        made.insert(address, Arc::clone(&svg));
        svg
    }
}

/// The code, dark on light on every screen. Empty where an address is too long for any code.
fn svg(address: &str) -> String {
    let Some(code) = QrCode::of(address) else {
        return String::new();
    };
    let rows = code.rows();
    let side = rows.len() + 2 * QUIET;
    #[expect(clippy::cast_precision_loss, reason = "a code has at most 177 modules")]
    let millimetres = (SIDE / rows.len() as f64).max(MODULE) * side as f64;
    // Rounded up: a code is never smaller than it must be.
    let millimetres = (millimetres * 10.0).ceil() / 10.0;
    let mut path = String::new();
    // Runs of a row one after the other, each from where the one before ended: few different words, so that it packs well.
    for (row, modules) in rows.iter().enumerate() {
        write!(path, "M{QUIET} {}", row + QUIET).expect("a string takes all");
        for run in modules.chunk_by(|a, b| a == b) {
            let (dark, length) = (run[0], run.len());
            let drawn = if dark {
                write!(path, "h{length}")
            } else {
                write!(path, "m{length} 0")
            };
            drawn.expect("a string takes all");
        }
    }
    // A stroke is one module wide and runs along the middle of its modules: the view begins half a module higher.
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" aria-hidden=\"true\" width=\"{millimetres:.1}mm\" \
         height=\"{millimetres:.1}mm\" viewBox=\"0 -.5 {side} {side}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" \
         d=\"M0-.5h{side}v{side}H0z\"/><path stroke=\"#000\" d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_large_enough_and_has_its_quiet_zone() {
        let short = svg("https://guides.example/velo/return/?edition=0123abcd");
        // Version 4: 33 modules on 20 mm, and 8 of quiet zone.
        assert!(short.contains("width=\"24.9mm\""), "{short}");
        assert!(short.contains("viewBox=\"0 -.5 41 41\""), "{short}");
        assert!(
            short.contains("d=\"M4 4h7"),
            "the finder's upper edge: {short}"
        );
        let long = svg(&format!("https://guides.example/{}/", "x".repeat(200)));
        let width = long
            .split("width=\"")
            .nth(1)
            .and_then(|rest| rest.split("mm").next());
        let modules = long
            .split("viewBox=\"0 -.5 ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next());
        let number = |text: Option<&str>| {
            text.and_then(|text| text.parse::<f64>().ok())
                .expect("a number")
        };
        assert!(number(width) / number(modules) >= MODULE - 0.01, "{long}");
        assert_eq!(svg(&"x".repeat(4000)), "", "no code holds it");
    }
}
