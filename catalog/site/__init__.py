"""What is public: the pointer file, the releases it points to, versions and periods."""
