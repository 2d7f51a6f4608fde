namespace Kiwire.Radius.Attributes;

/// <summary>A value with the tag that groups the attributes of one tunnel (RFC 2868, 3.1).</summary>
/// <typeparam name="T">What the value is.</typeparam>
/// <param name="Tag">1 to 31, or 0 for none.</param>
/// <param name="Value">The value.</param>
public readonly record struct Tagged<T>(byte Tag, T Value);
