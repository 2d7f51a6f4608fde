using System.Text;
using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Storage;

/// <summary>Says where Data Protection keeps its key ring: in the data directory, or in the database that several servers share.</summary>
internal sealed class KeyRing(Database database, DataDirectory directory, ILoggerFactory logs) : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options) => options.XmlRepository = database.Provider == StorageProvider.Sqlite
        ? new FileSystemXmlRepository(new DirectoryInfo(directory.Combine("keys")), logs)
        : new DatabaseXmlRepository(database);
}

/// <summary>The key ring in the table of settings.</summary>
internal sealed class DatabaseXmlRepository(Database database) : IXmlRepository
{
    private const string Prefix = "keyring.";

    // Data Protection asks synchronously, at start and once a day.
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => WriteAsync(element, friendlyName).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        var rows = await connection.QueryAsync<byte[]>($"SELECT value FROM settings WHERE name LIKE '{Prefix}%' ORDER BY name");
        return [.. rows.Select(row => XElement.Parse(Encoding.UTF8.GetString(row)))];
    }

    private async Task WriteAsync(XElement element, string friendlyName)
    {
        await using var scope = await database.BeginWriteAsync(CancellationToken.None);
        await scope.Connection.ExecuteAsync(
            "INSERT INTO settings (name, value) VALUES (@Name, @Value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            new { Name = Prefix + friendlyName, Value = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)) },
            scope.Transaction);
        await scope.CommitAsync(CancellationToken.None);
    }
}
