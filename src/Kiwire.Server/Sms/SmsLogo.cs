using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Server.Sms;

/// <summary>A connector's picture.</summary>
internal sealed record SmsLogo
{
    public const int LargestOctets = 256 * 1024;

    /// <summary><c>image/jpeg</c>, <c>image/png</c> or <c>image/gif</c>.</summary>
    public string MediaType { get; init; } = "";

    public byte[] Picture { get; init; } = [];

    /// <summary>What sort of picture it is, its first octets say, not whoever sends it.</summary>
    /// <param name="octets">The file.</param>
    /// <param name="logo">The picture.</param>
    /// <param name="fault">What is wrong and would be right, where the answer is false.</param>
    public static bool TryRead(byte[] octets, [NotNullWhen(true)] out SmsLogo? logo, [NotNullWhen(false)] out string? fault)
    {
        string? mediaType = octets switch
        {
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "image/gif",
            _ => null,
        };
        fault = octets.Length > LargestOctets ? $"is larger than {LargestOctets} octets."
            : mediaType is null ? "is no picture that is known; it must be a JPEG, PNG or GIF file."
            : null;
        logo = fault is null ? new SmsLogo { MediaType = mediaType!, Picture = octets } : null;
        return fault is null;
    }
}
