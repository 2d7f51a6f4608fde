using System.Text;
using Kiwire.Server.Network;

namespace Kiwire.Server.Accounts;

/// <summary>
/// One account as the packet path sees it. Its settings are immutable (a change makes another entry), but for the profile, which is read
/// through its holder and so is always the newest; its usage and who is in on it live on in <see cref="Presence"/>, which successive
/// entries of one account share. There may be a million: name, password and key lie in one array.
/// </summary>
internal sealed class AccountEntry
{
    // | name | password (users) | phone (users) | key (names that are not ASCII) |
    private readonly byte[] _text;
    private readonly byte _nameOctets;
    private readonly byte _passwordOctets;
    private readonly byte _phoneOctets;
    private bool _referenced;

    /// <summary>Copies name and password.</summary>
    /// <param name="name">The name as it was given: UTF-8, 1 to <see cref="AccountName.MaxOctets"/> octets.</param>
    /// <param name="password">UTF-8, at most 255 octets; not read for a voucher, whose code is its password.</param>
    /// <param name="isVoucher">Whether it is a voucher.</param>
    /// <param name="phone">The telephone number as it was given, at most 255 octets; not kept for a voucher.</param>
    public AccountEntry(ReadOnlySpan<byte> name, ReadOnlySpan<byte> password, bool isVoucher, ReadOnlySpan<byte> phone = default)
    {
        IsVoucher = isVoucher;
        _nameOctets = checked((byte)name.Length);
        _passwordOctets = isVoucher ? (byte)0 : checked((byte)password.Length);
        _phoneOctets = isVoucher || phone.Length > byte.MaxValue ? (byte)0 : (byte)phone.Length;

        Span<byte> key = stackalloc byte[Ascii.IsValid(name) ? 0 : AccountName.MaxKeyOctets];
        int keyOctets = key.IsEmpty ? 0 : AccountName.Fold(name, key);

        _text = new byte[KeyStart + keyOctets];
        name.CopyTo(_text);
        password[.._passwordOctets].CopyTo(_text.AsSpan(_nameOctets));
        phone[.._phoneOctets].CopyTo(_text.AsSpan(_nameOctets + _passwordOctets));
        key[..keyOctets].CopyTo(_text.AsSpan(KeyStart));
    }

    private AccountEntry(AccountEntry other)
    {
        _text = other._text;
        _nameOctets = other._nameOctets;
        _passwordOctets = other._passwordOctets;
        _phoneOctets = other._phoneOctets;
        IsVoucher = other.IsVoucher;
        HasPassword = other.HasPassword;
    }

    public required long TenantId { get; init; }

    public required long AccountId { get; init; }

    public bool IsVoucher { get; }

    public required bool Active { get; init; }

    /// <summary>Its password alone lets nobody in: a code of its authenticator is asked for.</summary>
    public bool HasAuthenticator { get; init; }

    /// <summary>Where the profile is; null: none assigned.</summary>
    public required ProfileHolder? ProfileHolder { get; init; }

    /// <summary>Null: no restriction; else the zone names and NAS identities of allowNas, folded.</summary>
    public required string[]? AllowNas { get; init; }

    /// <summary>Registered client devices; null: none.</summary>
    public required MacAddress[]? Macs { get; init; }

    /// <summary>Unix milliseconds; 0: never.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>Unix milliseconds; 0: not yet.</summary>
    public required long FirstLoginAt { get; init; }

    public required AccountPresence Presence { get; init; }

    /// <summary>The name as it was given, UTF-8.</summary>
    public ReadOnlySpan<byte> NameUtf8 => _text.AsSpan(0, _nameOctets);

    /// <summary>The password in clear, UTF-8 (CHAP needs it); for a voucher its code.</summary>
    public ReadOnlySpan<byte> PasswordUtf8 => IsVoucher ? NameUtf8 : _text.AsSpan(_nameOctets, _passwordOctets);

    /// <summary>False: it has none, and what lies in its place nobody knows; each login needs a one-time code.</summary>
    public bool HasPassword { get; init; } = true;

    /// <summary>The telephone number as it was given; empty: none.</summary>
    public ReadOnlySpan<byte> PhoneUtf8 => _text.AsSpan(_nameOctets + _passwordOctets, _phoneOctets);

    /// <summary>Null: none assigned, or it is gone.</summary>
    public Profile? Profile => ProfileHolder?.Current;

    /// <summary>What names are compared with: the key, or an ASCII name, whose case <see cref="AccountName.EqualsKey"/> ignores.</summary>
    internal ReadOnlySpan<byte> NameOrKey
    {
        get
        {
            return KeyStart == _text.Length ? NameUtf8 : _text.AsSpan(KeyStart);
        }
    }

    private int KeyStart => _nameOctets + _passwordOctets + _phoneOctets;

    /// <summary>The same account with the moment of its first login.</summary>
    public AccountEntry WithFirstLogin(long at) => new(this)
    {
        TenantId = TenantId,
        AccountId = AccountId,
        Active = Active,
        HasAuthenticator = HasAuthenticator,
        ProfileHolder = ProfileHolder,
        AllowNas = AllowNas,
        Macs = Macs,
        ExpiresAt = ExpiresAt,
        FirstLoginAt = at,
        Presence = Presence,
    };

    /// <summary>Notes that it was looked up. Writes only where it was not noted yet, so that hot entries stay shared between cores.</summary>
    internal void MarkReferenced()
    {
        if (!_referenced)
        {
            _referenced = true;
        }
    }

    /// <summary>Whether it was looked up since this was last asked.</summary>
    internal bool TakeReferenced()
    {
        bool referenced = _referenced;
        _referenced = false;
        return referenced;
    }

    /// <summary>The name alone.</summary>
    public override string ToString() => Encoding.UTF8.GetString(NameUtf8);
}
