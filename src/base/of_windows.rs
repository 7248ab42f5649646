//! Names that Windows keeps for devices: no file or folder there can be called so. Owns which they are.

/// Does Windows keep this name of a file or folder for itself? It looks at nothing but what stands before the first full stop.
///
/// ```
/// use prongsai::base::of_windows::is_of_windows;
/// assert!(is_of_windows("CON") && is_of_windows("con.x") && is_of_windows("lpt9") && is_of_windows("Com²"));
/// assert!(!is_of_windows("con1") && !is_of_windows("com") && !is_of_windows("com10") && !is_of_windows("x.con"));
/// ```
pub fn is_of_windows(name: &str) -> bool {
    let lower = name.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default().trim_end();
    // A raised 1, 2 or 3 counts there as the digit.
    let is_port = |number: &str| matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³");
    matches!(stem, "con" | "prn" | "aux" | "nul") || stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")).is_some_and(is_port)
}
