package com.example.usualmadebyname;

import android.app.Activity;

public class Main extends Activity { }
