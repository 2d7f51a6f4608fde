namespace Kiwire.Server.Storage;

/// <summary>The databases that the product runs on.</summary>
internal enum StorageProvider
{
    Sqlite,
    PostgreSql,
}
