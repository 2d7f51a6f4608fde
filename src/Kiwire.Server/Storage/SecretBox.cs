using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.DataProtection;

namespace Kiwire.Server.Storage;

/// <summary>
/// Encrypts what is secret at rest: AES-256-GCM under a data key that ASP.NET Data Protection wraps (its key ring is in
/// <c>data/keys</c> or in PostgreSQL), so that a million passwords can be read in seconds. Safe for concurrent use.
/// </summary>
/// <remarks>
/// <code>
/// | version 1 | nonce, 12 octets | ciphertext, as long as the secret | tag, 16 octets |
/// </code>
/// The version and the purpose are the associated data.
/// </remarks>
internal sealed class SecretBox : IDisposable
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;
    private const int KeyLength = 32;
    private const int PurposeLimit = 128;
    private const string SettingName = "secrets.data-key";
    private const string ProtectorPurpose = "Kiwire.Storage.DataKey";

    private readonly Database _database;
    private readonly IDataProtectionProvider _protection;
    private byte[]? _key;

    // An AesGcm serves one thread at a time.
    private readonly ThreadLocal<AesGcm> _cipher;

    public SecretBox(Database database, IDataProtectionProvider protection)
    {
        _database = database;
        _protection = protection;
        _cipher = new ThreadLocal<AesGcm>(
            () => new AesGcm(_key ?? throw new InvalidOperationException("The data key has not been loaded."), TagLength), trackAllValues: true);
    }

    /// <summary>Reads the installation's data key, or makes it; once, before anything else.</summary>
    /// <exception cref="StartUpException">The key ring that wrapped it is not there.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var protector = _protection.CreateProtector(ProtectorPurpose);
        await using var scope = await _database.BeginWriteAsync(cancellationToken);
        if (_database.Dialect.StartLock is { } statement)
        {
            // Before the ring is first read, lest two servers each make one.
            await scope.Connection.ExecuteAsync(new CommandDefinition(statement, transaction: scope.Transaction, cancellationToken: cancellationToken));
        }

        const string Select = "SELECT value FROM settings WHERE name = @Name";
        var wrapped = await scope.Connection.QuerySingleOrDefaultAsync<byte[]>(
            new CommandDefinition(Select, new { Name = SettingName }, scope.Transaction, cancellationToken: cancellationToken));
        if (wrapped is null)
        {
            wrapped = protector.Protect(RandomNumberGenerator.GetBytes(KeyLength));
            await scope.Connection.ExecuteAsync(new CommandDefinition(
                "INSERT INTO settings (name, value) VALUES (@Name, @Value)",
                new { Name = SettingName, Value = wrapped },
                scope.Transaction,
                cancellationToken: cancellationToken));
            await scope.CommitAsync(cancellationToken);
        }

        try
        {
            _key = protector.Unprotect(wrapped);
        }
        catch (CryptographicException e)
        {
            throw new StartUpException(
                "The key ring (keys in the data directory; with PostgreSQL, settings keyring.* in the database) does not open the secrets in this "
                + "database: restore the ring that belongs to it.",
                e);
        }
    }

    /// <summary>Encrypts; <paramref name="purpose"/> (such as "account.password") must be the same when reading.</summary>
    public byte[] Protect(ReadOnlySpan<byte> secret, string purpose)
    {
        Span<byte> associated = stackalloc byte[1 + PurposeLimit];
        associated = associated[..Associate(associated, purpose)];

        var box = new byte[Overhead + secret.Length];
        box[0] = Version;
        var nonce = box.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        _cipher.Value!.Encrypt(nonce, secret, box.AsSpan(1 + NonceLength, secret.Length), box.AsSpan(^TagLength..), associated);
        return box;
    }

    /// <summary>Decrypts; false where the octets were made under another key or purpose, or were changed.</summary>
    public bool TryUnprotect(ReadOnlySpan<byte> box, string purpose, out byte[] secret)
    {
        secret = [];
        if (box.Length < Overhead || box[0] != Version)
        {
            return false;
        }

        Span<byte> associated = stackalloc byte[1 + PurposeLimit];
        associated = associated[..Associate(associated, purpose)];

        var plain = box.Length == Overhead ? [] : new byte[box.Length - Overhead];
        try
        {
            _cipher.Value!.Decrypt(box.Slice(1, NonceLength), box[(1 + NonceLength)..^TagLength], box[^TagLength..], plain, associated);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        secret = plain;
        return true;
    }

    /// <summary>
    /// A keyed hash, by which something can be looked up that is not to lie there readable: the same for the same value and purpose, and nobody
    /// without the data key can make it.
    /// </summary>
    public string Fingerprint(ReadOnlySpan<byte> value, string purpose)
    {
        var key = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, _key ?? throw new InvalidOperationException("The data key has not been loaded."), KeyLength, info: Encoding.UTF8.GetBytes("fingerprint:" + purpose));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, value));
    }

    public void Dispose()
    {
        foreach (var cipher in _cipher.Values)
        {
            cipher.Dispose();
        }

        _cipher.Dispose();
    }

    private static int Associate(Span<byte> destination, string purpose)
    {
        destination[0] = Version;
        return 1 + Encoding.UTF8.GetBytes(purpose, destination[1..]);
    }
}
