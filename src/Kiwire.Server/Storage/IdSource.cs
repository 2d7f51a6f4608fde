namespace Kiwire.Server.Storage;

/// <summary>
/// Makes 63-bit identifiers that ascend with time and that no other server makes: milliseconds, then the server's number, then a
/// counter. Safe for concurrent use.
/// </summary>
internal sealed class IdSource
{
    /// <summary>The next identifier.</summary>
    public long Next() => throw new NotImplementedException();
}
