namespace Kiwire.Radius.Dictionaries;

/// <summary>A vendor, and how its attributes lie inside Vendor-Specific.</summary>
/// <param name="Name">The dictionary's name for the vendor.</param>
/// <param name="Number">The private enterprise number, 1 to 16777215.</param>
/// <param name="TypeOctets">How many octets a type takes: 1, 2 or 4.</param>
/// <param name="LengthOctets">How many octets a length takes: 0, 1 or 2.</param>
/// <param name="Continuation">Whether an octet that says whether more follows stands after the length (WiMAX).</param>
public sealed record DictionaryVendor(string Name, uint Number, byte TypeOctets, byte LengthOctets, bool Continuation);
