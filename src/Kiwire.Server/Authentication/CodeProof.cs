using System.Security.Cryptography;
using Kiwire.Radius.Packets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;

namespace Kiwire.Server.Authentication;

/// <summary>
/// What a login proves, kept across a wait: it is compared with codes that only the database knows. A code may stand alone, or behind the account's
/// password in one field.
/// </summary>
internal sealed class CodeProof
{
    private readonly RadiusPacket? _packet;
    private readonly NasEntry? _nas;
    private readonly byte[] _text = [];
    private readonly bool _alone;
    private readonly byte[]? _password;

    /// <summary>Of a request's password, by whatever method.</summary>
    /// <param name="login">The request; what is needed of it is copied.</param>
    /// <param name="alone">Whether the code alone will do.</param>
    /// <param name="behindPasswordOf">Whose password and then the code will do; null: nobody's.</param>
    public CodeProof(scoped in Login login, bool alone, AccountEntry? behindPasswordOf)
    {
        _packet = login.Request.Packet.ToPacket();
        _nas = login.Request.Nas;
        _alone = alone;
        _password = behindPasswordOf?.PasswordUtf8.ToArray();
    }

    /// <summary>Of what a peer typed.</summary>
    public CodeProof(ReadOnlySpan<byte> text, bool alone, AccountEntry? behindPasswordOf)
    {
        _text = text.ToArray();
        _alone = alone;
        _password = behindPasswordOf?.PasswordUtf8.ToArray();
    }

    /// <summary>The password that was proved, code and all, of which MS-CHAP's keys are made; empty: none was.</summary>
    public byte[] Proved { get; private set; } = [];

    /// <summary>Whether it proves this code.</summary>
    public bool Match(ReadOnlySpan<byte> code) =>
        (_alone && Proves(code)) || (_password is not null && Proves([.. _password, .. code]));

    private bool Proves(ReadOnlySpan<byte> password)
    {
        if (!(_packet is null ? CryptographicOperations.FixedTimeEquals(_text, password) : IsProvedByPacket(_packet, _nas!, password)))
        {
            return false;
        }

        Proved = password.ToArray();
        return true;
    }

    private static bool IsProvedByPacket(RadiusPacket packet, NasEntry nas, ReadOnlySpan<byte> password)
    {
        RadiusRequest request = new() { Packet = packet.View, Nas = nas, Source = default, ReceivedAt = 0 };
        AccessFields fields = AccessFields.Read(request.Packet);
        return Credentials.CheckPassword(in request, in fields, password).Right;
    }
}
