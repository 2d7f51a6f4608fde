using Kiwire.Server.Network;

namespace Kiwire.Server.Sessions;

/// <summary>A decision on a login, as it lies in the journal. Its texts live no longer than the octets they were read from.</summary>
/// <remarks>
/// <code>
/// version 1 | outcome 1 | method 1 | reason 1 | tenant 8 | login 8 | at 8 | account 8 | NAS 8 | device 8 | client address 16
/// | user name, detail: length 2 and octets each | reply: length 2 and attributes (version 2)
/// </code>
/// </remarks>
internal readonly ref struct LoginRecord
{
    /// <summary>The most octets of a detail; what is longer is cut.</summary>
    public const int DetailLimit = 512;

    /// <summary>The most octets of a reply; attributes that are past them are left out.</summary>
    public const int ReplyLimit = 1024;

    /// <summary>The most octets that a record takes besides its texts and its reply.</summary>
    public const int FixedLength = 4 + (8 * 6) + 16 + (3 * 2);

    /// <summary>The most octets that a record takes.</summary>
    public const int MaximumLength = FixedLength + (JournalText.Expansion * 253) + DetailLimit + ReplyLimit;

    private const byte Version = 2;

    /// <summary>Has no reply.</summary>
    private const byte VersionWithoutReply = 1;

    public required long TenantId { get; init; }

    public required long LoginId { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long At { get; init; }

    /// <summary>0: no such account.</summary>
    public required long AccountId { get; init; }

    public required long NasId { get; init; }

    public required MacAddress Device { get; init; }

    /// <summary>IPv4-mapped; 0: none.</summary>
    public required UInt128 ClientAddress { get; init; }

    public required LoginOutcome Outcome { get; init; }

    public required LoginMethod Method { get; init; }

    public required LoginReason Reason { get; init; }

    public ReadOnlySpan<byte> UserName { get; init; }

    public ReadOnlySpan<byte> Detail { get; init; }

    /// <summary>The answer's attributes, as on the wire.</summary>
    public ReadOnlySpan<byte> Reply { get; init; }

    /// <summary>Whether the answer's attributes were recorded: earlier versions did not.</summary>
    public bool HasReply { get; init; }

    /// <summary>Writes a decision.</summary>
    /// <param name="login">The decision.</param>
    /// <param name="destination">At least <see cref="MaximumLength"/> octets.</param>
    /// <returns>The number of octets.</returns>
    public static int Write(in LoginEvent login, Span<byte> destination)
    {
        JournalSpanWriter writer = new(destination);
        writer.Write(Version);
        writer.Write((byte)login.Outcome);
        writer.Write((byte)login.Method);
        writer.Write((byte)login.Reason);
        writer.Write(login.TenantId);
        writer.Write(login.LoginId);
        writer.Write(login.At);
        writer.Write(login.AccountId);
        writer.Write(login.NasId);
        writer.Write((long)login.Device.Value);
        writer.Write(login.ClientAddress);
        writer.Write(JournalText.Clean(login.UserName.Length <= 253 ? login.UserName : login.UserName[..253]));
        writer.Write(Cut(JournalText.Clean(Cut(login.Detail))));
        writer.Write(CutReply(login.Reply));
        return writer.Length;
    }

    /// <summary>Reads a decision; false where it is of another version, cut short, or has something behind it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out LoginRecord record)
    {
        JournalSpanReader reader = new(source);
        byte version = reader.ReadByte();
        LoginOutcome outcome = (LoginOutcome)reader.ReadByte();
        LoginMethod method = (LoginMethod)reader.ReadByte();
        LoginReason reason = (LoginReason)reader.ReadByte();
        record = new LoginRecord
        {
            Outcome = outcome,
            Method = method,
            Reason = reason,
            TenantId = reader.ReadInt64(),
            LoginId = reader.ReadInt64(),
            At = reader.ReadInt64(),
            AccountId = reader.ReadInt64(),
            NasId = reader.ReadInt64(),
            Device = new MacAddress((ulong)reader.ReadInt64()),
            ClientAddress = reader.ReadUInt128(),
            UserName = reader.ReadText(),
            Detail = reader.ReadText(),
            HasReply = version == Version,
            Reply = version == Version ? reader.ReadText() : default,
        };
        return version is Version or VersionWithoutReply && reader.IsComplete;
    }

    private static ReadOnlySpan<byte> CutReply(ReadOnlySpan<byte> attributes)
    {
        if (attributes.Length <= ReplyLimit)
        {
            return attributes;
        }

        // Not in the middle of an attribute: type 1 | length 1 | value.
        int length = 0;
        while (length + attributes[length + 1] <= ReplyLimit)
        {
            length += attributes[length + 1];
        }

        return attributes[..length];
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text)
    {
        if (text.Length <= DetailLimit)
        {
            return text;
        }

        // Not in the middle of a character.
        int length = DetailLimit;
        while ((text[length] & 0xc0) == 0x80)
        {
            length--;
        }

        return text[..length];
    }
}
