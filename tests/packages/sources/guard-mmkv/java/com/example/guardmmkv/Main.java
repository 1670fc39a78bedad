package com.example.guardmmkv;

import android.app.Activity;

public class Main extends Activity { }
